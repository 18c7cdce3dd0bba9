-- What consoles and dumps list.
create table t (id int auto_increment primary key, name varchar(20) comment 'its name', key k (name))
show databases like 'information_schema'
show schemas like 'kernel_show'
show tables from kernel_show
show full tables from kernel_show like 't'
show table status from kernel_show like 'nothing'
show columns from t from kernel_show
show columns from t like 'n%'
show columns from t where field = 'id'
show fields from nothing
show keys from t
show index from nothing
show triggers
show triggers from kernel_show like 't'
show events
show function status like 'nothing'
show procedure status where db = 'nothing'
show grants
show grants for nobody
show privileges
-- values vary: what else goes on
show processlist
-- values vary: what else goes on
show full processlist
show engines
show plugins
show charset like 'utf8mb4'
show character set like 'utf8mb4'
show collation like 'utf8mb4_bin'
show collation where charset = 'binary'
show open tables
show master status
show slave status
show binary logs
show nothing
show create procedure nothing
show create function nothing
show create trigger nothing
show table nothing
explain t
show parameters like 'nothing'
-- values vary: addresses and values
show parameters like 'log_archive_concurrency'
show recyclebin
show tenant
