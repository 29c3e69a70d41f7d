#!/bin/sh
# Puts the files of a station where the system reads them.
#
#   install.sh --check        say what --apply would change; ends with 1 where there is something
#   install.sh --apply        do it; a second time changes nothing
#   install.sh --uninstall    take away what is still as it was put there
#
#   --for console|ssh|touch   what the station is (default: console)
#   --root FOLDER             a folder that stands for / (to look at the result, or for an image)
#
# The program itself comes first: docs/operator.md, "Make a machine a station".
set -eu
umask 022
here=$(cd "$(dirname "$0")" && pwd)
act='' kind=console root=''

usage() {
    sed -n '2,12s/^# \{0,1\}//p' "$0"
    exit 2
}

while [ $# -gt 0 ]; do
    case $1 in
    --check | --apply | --uninstall) act=${1#--} ;;
    --for) [ $# -ge 2 ] || usage; kind=$2; shift ;;
    --root) [ $# -ge 2 ] || usage; root=${2%/}; shift ;;
    *) usage ;;
    esac
    shift
done
[ -n "$act" ] || usage

# source, destination, mode: one line each
files() {
    echo "session /opt/kiosk/libexec/session 755"
    echo "sysctl.conf /etc/sysctl.d/60-kiosk.conf 644"
    echo "sysusers.conf /usr/lib/sysusers.d/kiosk.conf 644"
    case $kind in
    console)
        echo "kiosk@.service /etc/systemd/system/kiosk@.service 644"
        echo "logind.conf /etc/systemd/logind.conf.d/kiosk.conf 644"
        echo "console.map /etc/kiosk/console.map 644"
        ;;
    ssh)
        echo "sshd_kiosk.conf /etc/ssh/sshd_config.d/60-kiosk.conf 644"
        ;;
    touch)
        echo "kiosk-touch@.service /etc/systemd/system/kiosk-touch@.service 644"
        echo "logind.conf /etc/systemd/logind.conf.d/kiosk.conf 644"
        echo "foot.ini /etc/kiosk/foot.ini 644"
        ;;
    *) usage ;;
    esac
}

same() { # SOURCE PLACE MODE
    [ -f "$2" ] && [ ! -L "$2" ] && cmp -s "$1" "$2" && [ "$(stat -c %a "$2")" = "$3" ]
}

files >/dev/null
changed=0
list=$(files)
while read -r source place mode; do
    from=$here/$source to=$root$place
    case $act in
    check)
        if ! same "$from" "$to" "$mode"; then
            changed=1
            if [ -e "$to" ]; then echo "would change $place"; else echo "would make   $place"; fi
        fi
        ;;
    apply)
        if ! same "$from" "$to" "$mode"; then
            changed=1
            mkdir -p "$(dirname "$to")"
            if [ -e "$to" ] && ! cmp -s "$from" "$to"; then
                cp -p "$to" "$to.before-kiosk"
                echo "kept         $place.before-kiosk"
            fi
            cp "$from" "$to.new"
            chmod "$mode" "$to.new"
            mv "$to.new" "$to"
            echo "put          $place"
        fi
        ;;
    uninstall)
        if [ -e "$to" ] && cmp -s "$from" "$to"; then
            rm "$to"
            echo "took away    $place"
            if [ -e "$to.before-kiosk" ]; then
                mv "$to.before-kiosk" "$to"
                echo "put back     $place"
            else
                rmdir "$(dirname "$to")" 2>/dev/null || :
            fi
        elif [ -e "$to" ]; then
            echo "left alone   $place (changed since)"
        fi
        ;;
    esac
done <<EOF
$list
EOF

if [ "$act" = check ]; then
    [ "$kind" != console ] || [ -x "$root/usr/bin/loadkeys" ] || echo "missing      /usr/bin/loadkeys (package kbd)"
    [ -x "$root/opt/kiosk/bin/kiosk" ] || echo "missing      /opt/kiosk/bin/kiosk (see the head of this file)"
    exit "$changed"
fi
if [ "$act" = apply ] && [ -z "$root" ] && [ "$changed" = 1 ]; then
    echo
    echo "Now, as root:"
    echo "  systemd-sysusers && sysctl --system && systemctl daemon-reload"
    echo "  install -d -m 700 -o kiosk -g kiosk /var/lib/kiosk      (an encrypted volume may be mounted there)"
    echo "Set the station up as its account, and look it over:"
    echo "  runuser -u kiosk -- env KIOSK_HOME=/var/lib/kiosk/station /opt/kiosk/bin/kiosk setup"
    echo "  runuser -u kiosk -- env KIOSK_HOME=/var/lib/kiosk/station /opt/kiosk/bin/kiosk doctor"
    echo "Then let it serve:"
    case $kind in
    console) echo "  systemctl disable --now getty@tty1 && systemctl enable --now kiosk@tty1" ;;
    ssh) echo "  sshd -t && systemctl reload ssh" ;;
    touch) echo "  systemctl disable --now getty@tty1 && systemctl enable --now kiosk-touch@tty1" ;;
    esac
fi
