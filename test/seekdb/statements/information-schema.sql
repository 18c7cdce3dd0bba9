-- What tools read of the catalogue.
create table t (id int auto_increment primary key, name varchar(20) not null comment 'its name', amount decimal(10,2) default 1.50, at datetime(6), note text, unique key uk (name), key k (amount, at)) comment = 'words'
create view v as select id, name from t
-- values vary: times
select * from information_schema.tables where table_schema = 'kernel_information_schema'
select table_catalog, table_schema, table_name, table_type, engine, row_format, table_collation, table_comment from information_schema.tables where table_schema = 'kernel_information_schema' order by table_name
select * from information_schema.columns where table_schema = 'kernel_information_schema' and table_name = 't' order by ordinal_position
select * from information_schema.schemata where schema_name = 'kernel_information_schema'
select * from information_schema.statistics where table_schema = 'kernel_information_schema' order by index_name, seq_in_index
select * from information_schema.views where table_schema = 'kernel_information_schema'
select * from information_schema.key_column_usage where table_schema = 'kernel_information_schema' order by constraint_name
select * from information_schema.table_constraints where table_schema = 'kernel_information_schema' order by constraint_name
select * from information_schema.referential_constraints where constraint_schema = 'kernel_information_schema'
select * from information_schema.character_sets where character_set_name = 'utf8mb4'
select * from information_schema.collations where collation_name = 'utf8mb4_general_ci'
select * from information_schema.collation_character_set_applicability where collation_name = 'utf8mb4_bin'
select * from information_schema.engines
select * from information_schema.routines where routine_schema = 'kernel_information_schema'
select * from information_schema.parameters where specific_schema = 'kernel_information_schema'
select * from information_schema.triggers where trigger_schema = 'kernel_information_schema'
select * from information_schema.events where event_schema = 'kernel_information_schema'
select * from information_schema.partitions where table_schema = 'kernel_information_schema' and table_name = 'nothing'
select * from information_schema.check_constraints where constraint_schema = 'kernel_information_schema'
select * from information_schema.user_privileges where grantee = 'nobody'
select * from information_schema.schema_privileges where grantee = 'nobody'
select * from information_schema.table_privileges where grantee = 'nobody'
select variable_name, variable_value from information_schema.session_variables where variable_name = 'autocommit'
select variable_name, variable_value from information_schema.global_variables where variable_name = 'autocommit'
select * from information_schema.nothing
select nothing from information_schema.tables
insert into information_schema.tables (table_name) values ('x')
drop table information_schema.tables
create table information_schema.x (a int)
create database information_schema
drop database oceanbase
select count(*) > 0 from information_schema.columns where table_schema = 'information_schema'
