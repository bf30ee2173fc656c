#!/usr/bin/env bash
# Runs a fleet under GNU parallel: fleet.sh RUN PATH... [flags of xlogscan plan]
#
# RUN is a folder for what the steps make; deploy/array/step.sh has them and what may be set. PARALLEL may hold options
# of parallel, such as --sshloginfile for more machines that share RUN. A run that failed goes on where it ended.
set -euo pipefail
run=$1
shift
step=$(cd "$(dirname "$0")/../array" && pwd)/step.sh
: "${XLOGSCAN:=xlogscan}"
export REDUCERS=${REDUCERS:-8} XLOGSCAN
mkdir -p "$run"
[ -e "$run/plan.json" ] || "$XLOGSCAN" plan "$@" -o "$run/plan.json"
seq "$(sed -n 1p "$run/plan.json" | jq .tasks)" | parallel --retries 3 --halt soon,fail=1 "$step" "$run" map
"$step" "$run" link
seq "$REDUCERS" | parallel --retries 3 --halt soon,fail=1 "$step" "$run" reduce
