#!/usr/bin/env bash
# One step of a run over a fleet, for job arrays, which number their tasks from 1:
#
#   step.sh RUN map N      reads the logs of task N of RUN/plan.json and writes what they told to RUN/lines/N
#   step.sh RUN link       when all tasks are done, finds out what belongs together: RUN/links
#   step.sh RUN reduce N   judges the Nth share of it and writes the part RUN/parts/N
#
# RUN is a folder on storage that all nodes share. A step that is done is not done again, so that any may be repeated, and
# of one that is killed nothing is left that counts. Needs bash, awk, sort and jq.
#
#   REDUCERS     parts of the report, the same in each step (8)
#   OLDER        folders of earlier runs whose logs may be of the same calls, with blanks between
#   MAP_ARGS, REDUCE_ARGS   more flags of worker map and worker reduce
#   XLOGSCAN     the program (xlogscan)
set -euo pipefail
run=$1 step=$2 n=${3:-}
: "${REDUCERS:=8}" "${OLDER:=}" "${MAP_ARGS:=}" "${REDUCE_ARGS:=}" "${XLOGSCAN:=xlogscan}"

case $step in
map) out=$run/lines/$n ;;
link) out=$run/links ;;
reduce) out=$run/parts/$n ;;
*) echo "step.sh: $step is no step: map, link or reduce" >&2 && exit 2 ;;
esac
[ ! -e "$out" ] || exit 0
mkdir -p "${out%/*}"
part=$(mktemp "${out%/*}/.${out##*/}.XXXXXX")
trap 'rm -f "$part"' EXIT

head=$(sed -n 1p "$run/plan.json")
generation=$(jq -r .generation <<<"$head")
lines=() # of all runs that count, of this one in any case
for i in $(seq "$(jq .tasks <<<"$head")"); do
	lines+=("$run/lines/$i")
done
for old in $OLDER; do
	lines+=("$old"/lines/*)
done

# shellcheck disable=SC2086 # flags are words
case $step in
map)
	jq -r --argjson n "$n" 'select(.task == $n) | .inputs[].name' "$run/plan.json" |
		"$XLOGSCAN" worker map --generation "$generation" -j 1 $MAP_ARGS >"$part"
	;;
link)
	awk '/^~/' /dev/null "${lines[@]}" | "$XLOGSCAN" worker link --touched "$generation" >"$part"
	;;
reduce)
	awk -F '\t' -v n="$n" -v shares="$REDUCERS" '
		function share(circle, i, sum) {
			for (i = 1; i <= 8; i++) sum = (sum * 16 + index("0123456789abcdef", substr(circle, i, 1)) - 1) % shares
			return sum + 1
		}
		NR == FNR { if ($1 != "~" && share($2) == n) circle[$1] = $2; next }
		$1 in circle { print circle[$1] "\t" $0 }' "$run/links" "${lines[@]}" |
		LC_ALL=C sort -T "$run" -k 1,1 |
		"$XLOGSCAN" worker reduce --links "$run/links" --generation "$generation" $REDUCE_ARGS >"$part"
	;;
esac
chmod a+r "$part"
mv "$part" "$out"
