-- Functions and operators: value and type.
select 1/0, 5 div 2, 5 % 2, 7/2, 1.10 + 2.2, 2 * 3, -5
select 1 = 1, 1 <> 1, 1 < 2, null is null, not 1
select concat('a', 1, null), concat('a', 'b'), upper('a'), length('备份'), char_length('备份'), substr('hello', 2, 3)
select 'a' 'b'
select replace('aba', 'a', 'c'), trim('  a '), lpad('a', 3, 'x')
select locate('b', 'abc'), instr('abc', 'c'), left('abc', 2), right('abc', 2), reverse('abc'), repeat('a', 3)
select cast('12' as signed), cast('12.345' as decimal(10,2)), convert('1', unsigned)
select cast(1 as char), cast('a' as binary)
select cast('2026-01-02' as date), cast('2026-01-02 03:04:05' as datetime), cast('12:00:00' as time)
select date '2026-01-02', time '12:00:00', timestamp '2026-01-02 03:04:05'
select date_add('2026-01-31', interval 1 month), date '2026-01-31' + interval 1 day
select datediff('2026-01-03', '2026-01-01'), date_format('2026-01-02', '%Y/%m/%d'), unix_timestamp('2026-01-02 00:00:00'), from_unixtime(0), year('2026-01-02')
select str_to_date('02.01.2026', '%d.%m.%Y')
-- values vary: the time
select now(), now(6), curdate(), curtime(), utc_timestamp(), sysdate()
select if(1, 'a', 'b'), ifnull(null, 1), nullif(1, 1), coalesce(null, 2), case 1 when 1 then 'one' else 'other' end, greatest(1, 2), least(1, 2)
select abs(-1), round(1.25, 1), round(2.5), mod(5, 3), power(2, 10), sqrt(4), truncate(1.29, 1), sign(-2)
select ceil(1.2), floor(1.8)
select pi()
select 1 in (1, 2), 1 between 0 and 2, 'abc' like 'a%', 'abc' regexp '^a', null <=> null
select 1 and 0, 1 or 0, 1 xor 1
select 5 & 3, 5 | 3, 5 ^ 3, ~0, 1 << 3
select md5('a'), sha1('a'), crc32('a')
select hex('a'), hex(255), unhex('61')
select json_extract('{"a": 1}', '$.a'), json_object('a', 1), json_array(1, 'a'), json_unquote('"a"')
select 'a' = 'A', 'a' = 'a ', binary 'a' = 'A', 'é' = 'e', 'ß' = 's'
select '1' + 1, '1.5' + 1, 'abc' + 0
select 18446744073709551615, 9223372036854775807 + 0, -9223372036854775808
select 9223372036854775807 + 1
select 0.1 + 0.2, 1e308 * 10
select true, false, x'41', b'1000001', 'it''s', "double", 'back\\slash', '\n' = char(10)
select convert('a' using utf8mb4), charset('a'), collation('a')
