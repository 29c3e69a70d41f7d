"""The disk of a machine: Debian as it comes, the kiosk's wheel in /opt/kiosk, and nothing set up yet."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.machine.needs import Missing

ROOT = Path(__file__).resolve().parents[2]
WITNESS = Path(__file__).with_name("witness.py")
SUITE = "bookworm"
PACKAGES = (
    "systemd systemd-sysv libpam-systemd dbus udev kmod procps python3 python3-venv kbd console-setup initramfs-tools "
    "linux-image-amd64"
)
"""What a small Debian needs to be a station with a screen of its own."""
SIZE = "2G"
UNIT = """[Unit]
Description=What the tests ask this machine
DefaultDependencies=no
After=local-fs.target systemd-tmpfiles-setup.service
Before=shutdown.target
Conflicts=shutdown.target
[Service]
ExecStart=/usr/bin/python3 /opt/witness.py
Restart=always
[Install]
WantedBy=multi-user.target
"""


def say(*words: object, cwd: Path | None = None) -> None:
    """Run a program that has to succeed; its output is shown where it does not."""
    done = subprocess.run([str(word) for word in words], cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Missing(f"{words[0]} failed: {done.stdout[-2000:]}{done.stderr[-2000:]}")


def make(cache: Path) -> Path:
    """The folder with `disk`, `kernel` and `initrd`, made anew where the kiosk or Debian's list has changed."""
    folder = cache / f"image-{_fingerprint()}"
    if (folder / "disk").exists():
        return folder
    if os.getuid():
        raise Missing("Only root can make the disk: run this once as root.")
    for old in cache.glob("image-*"):
        shutil.rmtree(old)
    root = cache / "root"
    shutil.rmtree(root, ignore_errors=True)
    say("cp", "-a", _debian(cache), root)
    _put_in(root, _wheels(cache))
    folder.mkdir(parents=True)
    boot = root / "boot"
    shutil.copy(next(boot.glob("vmlinuz-*")), folder / "kernel")
    shutil.copy(next(boot.glob("initrd.img-*")), folder / "initrd")
    say("mke2fs", "-q", "-t", "ext4", "-L", "root", "-d", root, folder / "disk.new", SIZE)
    shutil.rmtree(root)
    (folder / "disk.new").rename(folder / "disk")
    return folder


def _fingerprint() -> str:
    """A few letters that change when anything does that goes onto the disk."""
    parts = hashlib.sha256(PACKAGES.encode() + UNIT.encode() + Path(__file__).read_bytes() + WITNESS.read_bytes())
    for top in ("kiosk", "schema", "widgets", "deploy", "pins", "pyproject.toml", "hatch_build.py", "kiosk.tcss"):
        place = ROOT / top
        for path in [place] if place.is_file() else sorted(place.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                parts.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return parts.hexdigest()[:12]


def _debian(cache: Path) -> Path:
    """A folder with Debian in it, made once."""
    folder = cache / f"debian-{hashlib.sha256(PACKAGES.encode()).hexdigest()[:12]}"
    if not folder.exists():
        making = cache / "debian.new"
        shutil.rmtree(making, ignore_errors=True)
        say("debootstrap", "--variant=minbase", f"--include={','.join(PACKAGES.split())}", SUITE, making)
        making.rename(folder)
    return folder


def _wheels(cache: Path) -> Path:
    """The kiosk's own wheel and those of everything that it needs, by the pins."""
    folder = cache / "wheels"
    folder.mkdir(exist_ok=True)
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "-q")
    pins = ("--require-hashes", "-r", ROOT / "pins/run.txt")
    say(*pip, "download", "--only-binary=:all:", "--python-version", "3.11", "-d", folder, *pins)
    for old in folder.glob("intake_kiosk-*.whl"):
        old.unlink()
    say(*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", folder, ROOT)
    return folder


def _put_in(root: Path, wheels: Path) -> None:
    """Install the kiosk where the operator's page says, and the witness beside it."""
    shutil.copytree(wheels, root / "mnt/wheels")
    say("chroot", root, "python3", "-m", "venv", "/opt/kiosk")
    pip = ("/opt/kiosk/bin/pip", "--disable-pip-version-check", "-q", "install", "--no-index", "-f", "/mnt/wheels")
    say("chroot", root, *pip, "intake-kiosk")
    shutil.rmtree(root / "mnt/wheels")
    shutil.copytree(ROOT / "deploy", root / "root/deploy")
    (root / "etc/fstab").write_text("LABEL=root / ext4 errors=remount-ro 0 1\n")
    (root / "etc/hostname").write_text("station\n")
    shutil.copy(WITNESS, root / "opt/witness.py")
    (root / "etc/systemd/system/witness.service").write_text(UNIT)
    say("chroot", root, "systemctl", "enable", "witness")
    (root / "etc/initramfs-tools/conf.d/small").write_text("MODULES=list\n")
    (root / "etc/initramfs-tools/modules").write_text("virtio_pci\nvirtio_blk\next4\n")
    say("chroot", root, "update-initramfs", "-u")
