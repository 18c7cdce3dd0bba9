# Opens OceanBase's seekdb on a port and holds it until its standard input ends, so that it never outlives the test.
import os
import sys

import pylibseekdb

pylibseekdb.open_with_service(db_dir=sys.argv[1], port=int(sys.argv[2]))
print("ready", flush=True)
sys.stdin.read()
os._exit(0)
