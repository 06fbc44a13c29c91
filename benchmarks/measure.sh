#!/usr/bin/env bash
# Measures every scenario, round by round, and writes one file of JSON for each, the tables and a chart.
#   benchmarks/measure.sh DIRECTORY [JAVA_HOME of the servers] [ROUNDS]
# BEFORE may hold a command to put before each run of at most two minutes, as one that waits until the machine is quiet.
# SCENARIOS may name some of them only.
set -euo pipefail
directory=$1 java_home=${2:-${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}} rounds=${3:-5}
jar=$(dirname "$0")/target/benchmarks.jar
scenarios=${SCENARIOS:-echo connections blocking broadcast accept latency requests multicast idle allocation startup generator}
mkdir -p "$directory"

run() {
	${BEFORE:-} java -jar "$jar" run "$1" --java "$java_home" --json "$directory/$1.json" --append --rotate "$round" "${@:2}" \
		>>"$directory/run.log" 2>&1 || echo "$1 failed, see $directory/run.log"
}

for round in $(seq "$rounds"); do
	echo "round $round, $(date +%H:%M)"
	for scenario in $scenarios; do
		case $scenario in
			echo) run echo --loads 64x1; run echo --loads 64x16 ;;
			connections) run connections --loads 1000x1 --warm-up 4; run connections --loads 10000x1 --warm-up 5 ;;
			allocation) run allocation --warm-up 5 --seconds 1 ;;
			*) run "$scenario" ;;
		esac
	done
done
files=()
for scenario in $scenarios; do
	files+=("$directory/$scenario.json")
done
java -jar "$jar" report "${files[@]}" --chart "$directory/chart.svg" | tee "$directory/tables.md"
