-- What JDBC, Go, Python, the command line, mydumper and mysqldump send by themselves.
/* mysql-connector-java-8.0.11 */ select @@session.auto_increment_increment as auto_increment_increment, @@character_set_client as character_set_client, @@character_set_connection as character_set_connection, @@character_set_results as character_set_results, @@character_set_server as character_set_server, @@collation_server as collation_server, @@init_connect as init_connect, @@interactive_timeout as interactive_timeout, @@license as license, @@lower_case_table_names as lower_case_table_names, @@max_allowed_packet as max_allowed_packet, @@net_buffer_length as net_buffer_length, @@net_write_timeout as net_write_timeout, @@query_cache_size as query_cache_size, @@query_cache_type as query_cache_type, @@sql_mode as sql_mode, @@system_time_zone as system_time_zone, @@time_zone as time_zone, @@tx_isolation as transaction_isolation, @@wait_timeout as wait_timeout
set autocommit=1, session_track_schema=1, sql_mode=concat(@@sql_mode,',STRICT_TRANS_TABLES')
select @@max_allowed_packet, @@system_time_zone, @@time_zone, @@auto_increment_increment
select @@session.tx_read_only
/*!40101 SET NAMES utf8mb4 */
/*!40103 SET TIME_ZONE='+00:00' */
/*!40014 SET FOREIGN_KEY_CHECKS=0 */
/*!40100 SET @@SQL_MODE='' */
set session transaction isolation level repeatable read
start transaction /*!40100 with consistent snapshot */
show variables like 'sql_mode'
set session net_write_timeout = 2147483
set session wait_timeout = 2147483
select connection_id() is not null, database()
select sql_no_cache 1
select /*+ query_timeout(1000000) */ 1
select 1;
select 1 from dual
select 1 as a from dual where 1 = 0
show session variables where variable_name in ('max_allowed_packet', 'system_time_zone', 'time_zone', 'auto_increment_increment', 'tx_isolation')
select schema_name from information_schema.schemata where schema_name = 'kernel_clients' order by 1
lock tables nothing read
unlock tables
flush tables
flush tables with read lock
select table_name, table_type from information_schema.tables where table_schema = database()
prepare s from 'select ? + 1 as n'
set @one = 41
execute s using @one
deallocate prepare s
execute s
select @@global.read_only
xa recover
handler t open
