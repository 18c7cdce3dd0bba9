-- Databases, tables, indexes, views: made, changed, read back.
create database kernel_definitions
create database if not exists kernel_definitions
show databases like 'kernel_definitions'
show create database kernel_definitions
show create database nothing
create table t (id int primary key, name varchar(20) not null default 'x', at datetime, n decimal(10,2), key k (name)) comment = 'words'
create table t (id int)
create table if not exists t (id int)
create table nothing.t (id int)
show tables
show full tables
show tables like 'x%'
show tables from nothing
show create table t
show create table nothing
show columns from t
show full columns from t
desc t
desc nothing
describe t name
show index from t
-- values vary: times
show table status like 't'
create table types (a tinyint, b smallint unsigned, c mediumint, e bigint not null auto_increment primary key, f float, g double, h decimal(20,4), i char(3), j varchar(10), k text, l longtext, m blob, n varbinary(10), o binary(3), p date, q time(3), r datetime(6), s timestamp, t year, u json, y bool, z numeric)
show create table types
desc types
create table plain (id int auto_increment primary key, name varchar(10), n int unsigned, at timestamp(6) null default current_timestamp(6) on update current_timestamp(6), amount decimal(10,2) default 1.00, unique key uk (name))
show create table plain
desc plain
create table enums (w enum('a','b'), x set('a','b'))
show create table enums
create table bits (v bit(3), d int unsigned zerofill)
show create table bits
alter table plain add column extra int
alter table plain add column extra int
alter table plain drop column nothing
alter table plain modify column name varchar(30)
alter table plain add index k2 (n)
alter table plain add index k2 (n)
alter table plain drop index nothing
alter table nothing add column a int
alter table plain rename to renamed
alter table renamed rename to plain
alter table plain add constraint pk2 primary key (name)
create index k3 on plain (amount)
drop index k3 on plain
drop index k3 on plain
alter table plain comment = 'more words'
show create table plain -- changed
create table bad (id int, id int)
create table bad (id nothing)
create table bad (id int primary key, primary key (id))
create table bad (a varchar(10), key (b))
create table bad (a int default 'x')
create table bad (a text primary key)
create table bad ()
create table bad (a varchar(1000000))
create table bad (a decimal(70,2))
create table bad (a decimal(10,20))
create table bad (a int auto_increment)
create table bad (a datetime(9))
create table like_it like plain
show create table like_it
create table as_it as select id, name from plain
show create table as_it
create view v as select id, name from plain
create view v as select 1
create or replace view v as select id from plain
show create view v
show create view plain
show create table v
select * from v
show full tables where table_type = 'VIEW'
drop view v
drop view v
drop table v
drop table if exists v
drop table like_it
drop table nothing
drop table if exists nothing
truncate table plain
truncate table nothing
rename table plain to p2
rename table p2 to plain
drop table t, plain
show tables -- at the end
drop database nothing
drop database if exists nothing
