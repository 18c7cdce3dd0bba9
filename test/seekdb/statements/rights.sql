-- What a user without rights is refused.
create table t (id int primary key)
create user if not exists kernel_weak identified by 'secret'
-- as kernel_weak
select current_user() -- weak
select 1 -- weak
show databases like 'kernel_rights' -- weak
show grants -- weak
select * from kernel_rights.t -- weak
insert into kernel_rights.t values (1) -- weak
update kernel_rights.t set id = 2 -- weak
delete from kernel_rights.t -- weak
create table kernel_rights.u (id int) -- weak
drop table kernel_rights.t -- weak
use kernel_rights -- weak
create database kernel_rights_own -- weak
drop database kernel_rights -- weak
create user kernel_other -- weak
drop user kernel_weak -- weak
grant select on *.* to kernel_weak -- weak
set global wait_timeout = 28800 -- weak
set wait_timeout = 100 -- weak
alter system set log_archive_concurrency = 10 -- weak
alter system archivelog tenant = nobody -- weak
alter system backup tenant = nobody -- weak
alter system cancel backup tenant = nobody -- weak
alter system minor freeze -- weak
select * from mysql.user -- weak
select count(*) from oceanbase.__all_virtual_nothing -- weak
set password = password('other') -- weak
-- as root
drop user kernel_weak
