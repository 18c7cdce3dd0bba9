-- Rows written, read, refused.
create table plain (id int auto_increment primary key, name varchar(10), n int unsigned, at timestamp(6) null, amount decimal(10,2) default 1.00, unique key uk (name))
insert into plain (name, n) values ('a', 1), ('b', 2)
select last_insert_id()
insert into plain (name, n) values ('a', 1)
insert into plain (id, name) values (1, 'z')
insert into plain (name) values ('longer than ten characters')
insert into plain (n) values (-1)
insert into plain (n) values ('abc')
insert into plain (n) values (99999999999)
insert into plain (amount) values (999999999999)
insert into plain (at) values ('not a time')
insert into plain (nothing) values (1)
insert into plain values (1)
insert into nothing values (1)
insert into plain (id, id) values (1, 2)
insert ignore into plain (id, name, n) values (1, 'a', 1)
insert into plain (id, name, n) values (1, 'a', 5) on duplicate key update n = 5
replace into plain (id, name, n) values (1, 'a', 6)
select id, name, n, amount, at from plain order by id
update plain set n = n + 1 where name = 'a'
update plain set n = n where name = 'a'
update plain set nothing = 1
update nothing set a = 1
update plain set name = 'b' where name = 'a'
update plain set n = -1
delete from plain where name = 'nothing'
delete from nothing
insert into plain (id, name, n) select id + 100, concat(name, '2'), n from plain
delete from plain where id > 100
create table strict (id int primary key, word varchar(3) not null)
insert into strict (id) values (1)
insert into strict values (1, null)
insert into strict values (null, 'a')
begin
insert into strict values (1, 'a')
rollback
select count(*) from strict
create table types (a tinyint, b smallint unsigned, c mediumint, e bigint not null auto_increment primary key, f float, g double, h decimal(20,4), i char(3), j varchar(10), k text, l longtext, m blob, n varbinary(10), o binary(3), p date, q time(3), r datetime(6), s timestamp, t year, u json, y bool, z numeric)
insert into types (a,b,c,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,y,z) values (1,2,3,1.5,2.5,3.14159,'abc','it''s','text','long',x'00ff',x'0102',x'01','2026-01-02','12:34:56.789','2026-01-02 03:04:05.123456','2026-01-02 03:04:05',2026,'{"a": [1, 2]}',true,42.7)
select * from types
select u->'$.a', u->>'$.a' from types
select nothing from plain
select * from nothing
select * from nothing.t
select plain.nothing from plain
select id from plain where nothing = 1
select id from plain order by nothing
select id from plain group by nothing
select count(*) from plain having nothing > 1
select id from plain p join types t on p.id = t.e where id > 0
select a.id from plain a, plain a
select id from plain, plain b
select sum(n), avg(n), min(name), max(amount), count(*), count(distinct n) from plain
select group_concat(name order by name separator '-') from plain
select * from (select 1 as a union all select 2 union select 2) x order by a
with c as (select 1 as a) select * from c
select exists(select 1 from plain), (select max(id) from plain)
select (select id from plain)
select * from plain where id = (select 1, 2)
select id, name from plain order by id desc limit 1
select id, name from plain order by id limit 1, 1
select distinct n from plain order by n
select name, count(*) as c from plain group by name having c > 0 order by name
select p.name, q.name as other from plain p left join plain q on q.id = p.id + 1 order by p.id
select 1 from
select from
selec 1
select 1 +
select 'a
select * from plain where
select * from plain limit 1 offset
select nothing()
select count(*, 1) from plain
select substr('a')
select 1 union select 1, 2
select 1 limit -1
select * from plain for update
select name, row_number() over (order by id) as r from plain order by id
