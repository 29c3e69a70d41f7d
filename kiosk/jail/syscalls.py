"""Numbers of the system calls a jail looks at, for the processors we know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Processor:
    """One processor's way of numbering system calls."""

    audit: int
    """What the kernel calls it in a filter (AUDIT_ARCH_*)."""

    numbers: dict[str, int]
    """Number of each system call, by name; a call this processor lacks is missing."""

    odd_from: int | None = None
    """First number of a second numbering (x32) by which the same calls could be had again."""


_X86_64: Final = """
ioctl 16  shmget 29  shmat 30  shmctl 31  socket 41  connect 42  accept 43  sendto 44  sendmsg 46  bind 49  listen 50
clone 56  fork 57  vfork 58  execve 59  kill 62  semget 64  msgget 68  msgsnd 69  ptrace 101  syslog 103
rt_sigqueueinfo 129  uselib 134  personality 135  vhangup 153  modify_ldt 154  pivot_root 155  prctl 157  adjtimex 159
setrlimit 160  chroot 161  acct 163  settimeofday 164  mount 165  umount2 166  swapon 167  swapoff 168  reboot 169
sethostname 170  setdomainname 171  iopl 172  ioperm 173  init_module 175  delete_module 176  quotactl 179
nfsservctl 180  tkill 200  lookup_dcookie 212  clock_settime 227  tgkill 234  mq_open 240  kexec_load 246  add_key 248
request_key 249  keyctl 250  unshare 272  accept4 288  rt_tgsigqueueinfo 297  perf_event_open 298  fanotify_init 300
prlimit64 302  name_to_handle_at 303  open_by_handle_at 304  sendmmsg 307  setns 308  process_vm_readv 310
process_vm_writev 311  kcmp 312  finit_module 313  memfd_create 319  kexec_file_load 320  bpf 321  execveat 322
userfaultfd 323
socketpair 53  fcntl 72  chmod 90  fchmod 91  chown 92  fchown 93  lchown 94  utime 132  setpriority 141
sched_setparam 142  sched_setscheduler 144  setxattr 188  lsetxattr 189  fsetxattr 190  removexattr 197
lremovexattr 198  fremovexattr 199  sched_setaffinity 203  utimes 235  ioprio_set 251  inotify_init 253
inotify_add_watch 254  migrate_pages 256  fchownat 260  futimesat 261  fchmodat 268  move_pages 279  utimensat 280
inotify_init1 294  sched_setattr 314
"""

_AARCH64: Final = """
lookup_dcookie 18  ioctl 29  umount2 39  mount 40  pivot_root 41  nfsservctl 42  chroot 51  vhangup 58  quotactl 60
acct 89  personality 92  unshare 97  kexec_load 104  init_module 105  delete_module 106  clock_settime 112  syslog 116
ptrace 117  kill 129  tkill 130  tgkill 131  rt_sigqueueinfo 138  reboot 142  sethostname 161  setdomainname 162
setrlimit 164  prctl 167  settimeofday 170  adjtimex 171  mq_open 180  msgget 186  msgsnd 189  semget 190  shmget 194
shmctl 195  shmat 196  socket 198  bind 200  listen 201  accept 202  connect 203  sendto 206  sendmsg 211  add_key 217
request_key 218  keyctl 219  clone 220  execve 221  swapon 224  swapoff 225  rt_tgsigqueueinfo 240
perf_event_open 241  accept4 242  prlimit64 261  fanotify_init 262  name_to_handle_at 264  open_by_handle_at 265
setns 268  sendmmsg 269  process_vm_readv 270  process_vm_writev 271  kcmp 272  finit_module 273  memfd_create 279
bpf 280  execveat 281  userfaultfd 282  kexec_file_load 294
setxattr 5  lsetxattr 6  fsetxattr 7  removexattr 14  lremovexattr 15  fremovexattr 16  fcntl 25  inotify_init1 26
inotify_add_watch 27  ioprio_set 30  fchmod 52  fchmodat 53  fchownat 54  fchown 55  utimensat 88
sched_setparam 118  sched_setscheduler 119  sched_setaffinity 122  setpriority 140  socketpair 199
migrate_pages 238  move_pages 239  sched_setattr 274
"""

_SAME_EVERYWHERE: Final = """
pidfd_send_signal 424  io_uring_setup 425  io_uring_enter 426  io_uring_register 427  open_tree 428  move_mount 429
fsopen 430  fsconfig 431  fsmount 432  fspick 433  pidfd_open 434  clone3 435  pidfd_getfd 438  process_madvise 440
mount_setattr 442  quotactl_fd 443  memfd_secret 447  process_mrelease 448  fchmodat2 452  setxattrat 463
removexattrat 466  open_tree_attr 467  file_setattr 469
"""


def _table(text: str) -> dict[str, int]:
    words = (text + _SAME_EVERYWHERE).split()
    return dict(zip(words[::2], map(int, words[1::2]), strict=True))


PROCESSORS: Final = {
    "x86_64": Processor(0xC000003E, _table(_X86_64), odd_from=0x40000000),
    "aarch64": Processor(0xC00000B7, _table(_AARCH64)),
}
"""By the machine's name, as uname(2) gives it."""
