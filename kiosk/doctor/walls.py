"""Checks of what this kernel has to lock a sitting up with. Where one lacks, the others still stand."""

from __future__ import annotations

from kiosk.doctor.finding import Finding, Host, good, note, weak

_NEWER = "Use a kernel of 6.12 or newer with Landlock among its security modules (`lsm=landlock,...`)."
_SIGNALS_SINCE, _NETWORK_SINCE = 6, 4


def files_are_walled_off(host: Host) -> Finding:
    """Landlock keeps a sitting from every file that it need not read (P1, P11)."""
    from kiosk.jail import landlock

    version = landlock.abi()
    if version == 0:
        return weak("This kernel has no Landlock: file rights and the system-call filter stand alone.", _NEWER)
    if version < _NETWORK_SINCE:
        return weak(f"Landlock {version} keeps files, and neither TCP nor signals.", _NEWER)
    if version < _SIGNALS_SINCE:
        return note(f"Landlock {version} keeps files and TCP, and not signals.", _NEWER)
    return good(f"Landlock {version} keeps files, TCP and signals.")


def system_calls_are_filtered(host: Host) -> Finding:
    """seccomp takes away the calls that start programs, open sockets and look into others (P11)."""
    if "errno" in host.read("proc/sys/kernel/seccomp/actions_avail").split():
        return good("System calls can be filtered.")
    return weak("This kernel cannot filter system calls.", "Use a kernel with CONFIG_SECCOMP_FILTER.")


def a_sitting_has_no_network(host: Host) -> Finding:
    """A network namespace of its own leaves a sitting without any network (P11)."""
    if host.by_root or _namespaces_allowed(host):
        return good("A sitting can be given a network of its own, which is empty.")
    return note(
        "This user may make no namespaces; Landlock and the system-call filter keep a sitting off the network.",
        "Allow user namespaces (`user.max_user_namespaces`), if nothing else on this machine speaks against it.",
    )


def _namespaces_allowed(host: Host) -> bool:
    most = host.read("proc/sys/user/max_user_namespaces")
    forbidden = host.read("proc/sys/kernel/unprivileged_userns_clone") == "0"
    restricted = host.read("proc/sys/kernel/apparmor_restrict_unprivileged_userns") == "1"
    return most.isdigit() and int(most) > 0 and not forbidden and not restricted
