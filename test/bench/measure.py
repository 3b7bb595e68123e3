"""Runs one command to its end: measure.py STDOUT_FILE COMMAND... Prints its wall and CPU seconds, peak MiB and exit code as JSON.

wait4 gives the resources of this one child, which Node cannot ask for (its resourceUsage is that of Node itself).
"""
import json
import os
import sys
import time

output, *command = sys.argv[1:]
start = time.perf_counter()
pid = os.posix_spawnp(command[0], command, os.environ, file_actions=[
    (os.POSIX_SPAWN_OPEN, 1, output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
])
_, status, used = os.wait4(pid, 0)
wall = time.perf_counter() - start
print(json.dumps({
    "wall": wall,
    "cpu": used.ru_utime + used.ru_stime,
    "peakMiB": used.ru_maxrss / 1024,  # KiB on Linux
    "code": os.waitstatus_to_exitcode(status),
}))
