-- Accounts and rights as root sees them.
create user kernel_reader identified by 'secret'
create user kernel_reader identified by 'secret'
create user if not exists kernel_reader identified by 'secret'
show grants for kernel_reader
grant select on kernel_accounts.* to kernel_reader
grant nothing on kernel_accounts.* to kernel_reader
grant select on kernel_accounts.* to kernel_nobody
show grants for kernel_reader -- with a right
revoke select on kernel_accounts.* from kernel_reader
alter user kernel_reader identified by 'other'
set password for kernel_reader = password('third')
set password for kernel_nobody = password('third')
drop user kernel_reader
drop user kernel_reader
drop user if exists kernel_reader
