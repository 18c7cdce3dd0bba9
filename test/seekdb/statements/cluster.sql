-- Statements of sys about backups and tenants that seekdb still parses; it carries none of them out.
alter system archivelog tenant = nobody
alter system archivelog tenant = nobody, `t-1`
alter system archivelog tenant = all
alter system archivelog
alter system noarchivelog tenant = nobody
alter system noarchivelog tenant = all
alter system archivelog tenant = nobody description = 'op-1'
alter system backup tenant = nobody
alter system backup tenant = nobody, `t-1`
alter system backup tenant = `t-1`
alter system backup tenant = nobody description = 'op-1'
alter system backup tenant = nobody description 'op-1'
alter system backup tenant = nobody plus archivelog
alter system backup tenant = nobody plus archivelog description = 'op-1'
alter system backup incremental tenant = nobody description = 'op-1'
alter system backup incremental tenant = nobody plus archivelog
alter system backup tenant = all
alter system backup database
alter system backup incremental database
alter system backup database plus archivelog
alter system backup tenant nobody to 'file:///d/x'
alter system cancel backup tenant = nobody
alter system cancel backup
alter system set log_archive_dest = 'LOCATION=file:///d/archive' tenant = nobody
alter system set log_archive_dest = '' tenant = nobody
alter system set log_archive_dest_state = 'DEFER' tenant = nobody
alter system set data_backup_dest = 'file:///d/data' tenant = nobody
alter system set data_backup_dest = 'file:///d/data' tenant = `t-1`
alter system set archive_lag_target = '60s' tenant = nobody
set encryption on identified by 'secret' only
set encryption on identified by 'secret'
set encryption off
set decryption identified by 'p1', 'p2'
set encryption nonsense
alter system add delete backup policy = 'default' recovery_window = '7d' tenant = nobody
alter system drop delete backup policy = 'default' tenant = nobody
alter system cancel delete backup tenant = nobody
alter system delete obsolete backup tenant = nobody
alter system delete obsolete backup
alter system delete backupset 5 tenant = nobody
alter system delete backupset 5
alter system delete backuppiece 5
show restore preview
alter system add restore source 'file:///d/data/backup_set_1_full'
alter system clear restore source
alter system recover table db1.t1 to tenant = nobody from 'file:///d/data,file:///d/archive' until scn = 1700000000000000000 with 'pool_list=p1'
alter system run upgrade job 'UPGRADE_ALL' tenant = nobody
alter system cancel all backup force
alter system nonsense
alter system
alter system set nothing = 1
alter system set nothing = 1 tenant = nobody
alter system set log_archive_concurrency = 'x'
alter system set log_archive_concurrency = 10
alter system major freeze
alter system minor freeze
alter system minor freeze tenant = nobody
alter system change tenant nobody
alter system change tenant sys
show parameters like 'log_archive_concurrency' tenant = nobody
show parameters nonsense
select * from oceanbase.nothing
