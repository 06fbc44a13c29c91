#!/usr/bin/env bash
# Measures every scenario and writes one file of JSON for each, the tables and a chart.
#   benchmarks/measure.sh DIRECTORY [JAVA_HOME of the servers] [ROUNDS]
# What is in the directory already counts as earlier rounds. SCENARIOS may name some of them only.
set -euo pipefail
directory=$1 java_home=${2:-${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}} rounds=${3:-5}
jar=$(dirname "$0")/target/benchmarks.jar
scenarios=${SCENARIOS:-echo echo-by-c connections blocking broadcast accept latency requests multicast allocation meters startup idle tls handshakes tls-memory generator}
mkdir -p "$directory"

run() {
	echo "$(date +%H:%M) $*"
	java -jar "$jar" run "$1" --java "$java_home" --json "$directory/$1.json" --append --rounds "$rounds" "${@:2}" \
		>>"$directory/run.log" 2>&1 || echo "$1 failed, see $directory/run.log"
}

files=()
for scenario in $scenarios; do
	case $scenario in
		echo | echo-by-c | connections | latency | tls) run "$scenario" --seconds 1.5 ;;
		allocation) run allocation --seconds 1 ;;
		*) run "$scenario" --seconds 2 ;;
	esac
	files+=("$directory/$scenario.json")
done
java -jar "$jar" report "${files[@]}" --chart "$directory/chart.svg" | tee "$directory/tables.md"
