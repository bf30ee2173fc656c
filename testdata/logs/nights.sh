#!/usr/bin/env bash
# Writes two weeks of logs of three devices and the phones that they call, made of those of two-parties, as a
# fleet's owner has them: DIR/DATE/DEVICE/xlog/... The kitchen gets WMPF 2.0.0 in the second week, the porch has it from
# the start, the hall never. On some nights a phone's log is missing, one is cut off, one is encrypted.
# It runs xlogscan, which has to be on the PATH.
set -euo pipefail

logs=$(cd "$(dirname "$0")" && pwd)
out=$1
text=$(mktemp -d)
trap 'rm -rf "$text"' EXIT
xlogscan decode -q "$logs/two-parties" -o "$text"

# one NIGHT DEVICE NUMBER WMPF: the number keeps rooms, serials, users and hours apart.
one() {
	local day=${1//-/} dir=$out/$1/$2 hour=$((13 + $3)) same
	same="s/2026-11-20/$1/; s/ 14:/ $hour:/; s/ 13:/ $((hour - 1)):/; s/WmpfVoip1441133422395/WmpfVoip$day$3/g; s/SN0000000001/SN000000000$3/g; s/o\(A\{27\}\)/o$3\1/g"
	mkdir -p "$dir/xlog" "$dir-phone/xlog"
	printf '[I][%s +8.0 %d:57:59.000][4711, 4715*][WMPF.Boot][:4715, ][[ro.product.model]: [X%d]\n' "$1" $((hour - 1)) "$3" >"$dir/xlog/wmpf_$day.log"
	cat "$text/wmpf_20261120.xlog.txt" "$text/wmpf.mmap3.txt" | sed "$same; s/1\.2\.0/$4/" >>"$dir/xlog/wmpf_$day.log"
	sed "$same" "$text/MM_20261120.xlog.txt" >"$dir-phone/xlog/MM_$day.log"
	if [ "$4" = 2.0.0 ]; then # no call of that version finds an old room
		sed -i "/ $hour:0[56]:/d" "$dir/xlog/wmpf_$day.log"
	fi
}

for d in 09 10 11 12 13 14 15 16 17 18 19 20 21 22; do
	night=2026-11-$d kitchen=1.2.0
	[ "$d" -lt 16 ] || kitchen=2.0.0
	one "$night" kitchen 1 $kitchen
	one "$night" porch 3 2.0.0
	case $d in 09 | 12 | 15 | 18 | 21) one "$night" hall 2 1.2.0 ;; esac
	case $d in 10 | 17 | 21) rm -r "$out/$night/kitchen-phone" ;; esac
	case $d in 13) gzip -dc "$logs/modes/cut-zlib-plain.xlog.gz" >"$out/$night/kitchen/xlog/net.xlog" ;; esac
	case $d in 19 | 20) gzip -dc "$logs/modes/small-async-zlib-crypt.xlog.gz" >"$out/$night/porch/xlog/net.xlog" ;; esac
done
