-- What a client asks and sets before it does anything.
select 1
select 1 + 1 as two, 'a' as a, null as n, 1.5 as d, 1e3 as e, true as t
select database(), current_user()
select user()
select version() like '5.7.25-OceanBase%'
select ob_version()
-- values vary: the two are called differently
select @@version, @@version_comment
select @@autocommit, @@tx_isolation, @@transaction_isolation
select @@time_zone, @@system_time_zone
select @@character_set_client, @@character_set_connection, @@character_set_results, @@character_set_server, @@character_set_database
select @@collation_connection, @@collation_server, @@collation_database
select @@sql_mode
select @@max_allowed_packet, @@net_buffer_length, @@wait_timeout, @@interactive_timeout
select @@lower_case_table_names
select @@ob_query_timeout, @@ob_trx_timeout, @@ob_trx_idle_timeout, @@ob_trx_lock_timeout
select @@ob_compatibility_mode, @@ob_read_consistency
select @@global.autocommit, @@session.sql_mode, @@local.wait_timeout
select @@license, @@auto_increment_increment, @@init_connect, @@query_cache_size, @@query_cache_type
select @@tx_read_only, @@transaction_read_only
select @@performance_schema
select @@nothing
set nothing = 1
set @@global.nothing = 1
set autocommit = 0
select @@autocommit as switched_off
set autocommit = 1
set autocommit = 7
set autocommit = on
set time_zone = '+00:00'
select @@time_zone as utc
set time_zone = 'nowhere'
set time_zone = 'Asia/Shanghai'
set time_zone = 'SYSTEM'
set time_zone = '+25:00'
set time_zone = '+8:00'
select @@time_zone as shanghai
set names utf8mb4
set names nothing
set names utf8mb4 collate utf8mb4_bin
select @@collation_connection as exact
set names utf8mb4
set names binary
select @@character_set_client, @@character_set_results, @@collation_connection
set names utf8mb4
set character_set_results = null
select @@character_set_results as none
set character_set_results = utf8mb4
set session transaction isolation level repeatable read
select @@tx_isolation as repeatable
set tx_isolation = 'nothing'
set session transaction isolation level read committed
set sql_mode = 'NOTHING'
set sql_mode = 'ANSI_QUOTES'
select @@sql_mode as quotes
set sql_mode = 'STRICT_TRANS_TABLES'
set sql_mode = default
select @@sql_mode as put_back
set sql_mode = concat(@@sql_mode, ',NO_AUTO_VALUE_ON_ZERO')
select @@sql_mode as longer
set sql_mode = ''
select @@sql_mode as nothing_set
set sql_mode = default
set ob_query_timeout = 'a'
set ob_query_timeout = 100000000
set lower_case_table_names = 0
set version = '1'
set @a = 1, @b := 'x'
select @a, @b
select @c
set wait_timeout = 100
show variables like 'wait_timeout'
show global variables like 'wait_timeout'
show variables like 'tx_isolation'
show variables like 'autocommit'
show variables where variable_name = 'sql_mode' or variable_name = 'time_zone'
show session variables like 'ob_trx%_timeout'
show variables like 'nothing'
show variables like 'lower_case%names'
show variables like 'character_set_%s'
show status like 'nothing'
select connection_id() > 0
kill query 99999999
kill 99999999
select last_insert_id(), row_count(), found_rows()
do 1
begin
commit
rollback
begin work
rollback work
start transaction read only
commit
start transaction read write
commit
start transaction with consistent snapshot
commit
begin
savepoint a
rollback to savepoint a
release savepoint a
rollback to savepoint a
release savepoint b
rollback
set transaction isolation level serializable
set session transaction read only
set session transaction read write
set global wait_timeout = 28800
set sql_select_limit = 1
set sql_select_limit = default
set foreign_key_checks = 0
set unique_checks = 0
set sql_quote_show_create = 1
set sql_notes = 0
set net_write_timeout = 60
set ob_trx_timeout = 1000000000
show warnings
show errors
show count(*) warnings
select @@warning_count, @@error_count
use nothing
use information_schema
select database() as elsewhere
