#!/usr/bin/env bash
# Hands a fleet to Slurm: fleet.sh RUN PATH... [flags of xlogscan plan]
#
# Three jobs wait for each other: an array that maps, one that links, an array that reduces. It prints the id of the last.
# RUN is a folder on storage that all nodes share; deploy/array/step.sh has the steps and what may be set. SBATCH_ARGS has
# more flags of sbatch, such as a partition. A run that failed goes on where it ended. Slurm takes 1001 tasks in an array
# unless its MaxArraySize says more: --task-size of xlogscan plan makes fewer.
set -euo pipefail
run=$(mkdir -p "$1" && cd "$1" && pwd)
shift
step=$(cd "$(dirname "$0")/../array" && pwd)/step.sh
: "${XLOGSCAN:=xlogscan}" "${SBATCH_ARGS:=}"
export REDUCERS=${REDUCERS:-8} XLOGSCAN
[ -e "$run/plan.json" ] || "$XLOGSCAN" plan "$@" -o "$run/plan.json"
tasks=$(sed -n 1p "$run/plan.json" | jq .tasks)

# submit NAME WHEN STEP... hands in a job whose steps are tried three times, as a store may not answer.
submit() {
	local name=$1 when=$2
	shift 2
	local try
	try="$(printf '%q ' "$step" "$run" "$@")\${SLURM_ARRAY_TASK_ID:-}"
	# shellcheck disable=SC2086 # flags are words
	sbatch --parsable --job-name "xlogscan-$name" --output "$run/%x-%A-%a.log" --kill-on-invalid-dep=yes --export=ALL $when $SBATCH_ARGS \
		--wrap "$try || $try || $try"
}

after=
if [ "$tasks" -gt 0 ]; then
	after=--dependency=afterok:$(submit map "--array=1-$tasks" map)
fi
after=--dependency=afterok:$(submit link "$after" link)
submit reduce "$after --array=1-$REDUCERS" reduce
