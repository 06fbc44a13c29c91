#!/usr/bin/env bash
# Measures every scenario on each JDK, and writes to benchmarks/results/jdkNN: the tables, which begin with one of all plain
# echoes, a chart, and one file of JSON for each scenario.
#   benchmarks/measure.sh [JAVA_HOME of the servers]...
# The load generator runs on the JDK of JAVA_HOME, or on the one of the path. From the environment:
#   ROUNDS=5               how often each server is measured
#   SCENARIOS="echo tls"   only some; the tables keep what was measured of the others before
#   RESULTS=DIRECTORY      where jdkNN lies instead
#   OPTIONS="--warm-up 2"  of each run, which win over those of this script
#   APPEND=1               adds rounds to those that are there; else each scenario begins anew
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
jar=$here/target/benchmarks.jar
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
[ -f "$jar" ] || { echo "first: mvn -q -B -pl benchmarks -am -DskipTests package" >&2; exit 1; }
[ $# -gt 0 ] || set -- "${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}"
all="echo echo-by-c connections blocking broadcast accept latency requests rpc multicast allocation meters startup idle tls handshakes tls-memory generator backplane backplane-local backplane-outage backplane-presence"

# measure DIRECTORY JAVA_HOME SCENARIO [OPTIONS]
measure() {
	echo "$(date +%H:%M) $2 $3"
	"$java" -jar "$jar" run "$3" --java "$2" --json "$1/$3.json" ${APPEND:+--append} --rounds "${ROUNDS:-5}" "${@:4}" ${OPTIONS:-} \
		>"$1/$3.log" 2>&1 || { echo "$3 failed, see $1/$3.log"; failed=1; }
}

failed=0
for home in "$@"; do
	version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release")
	directory=${RESULTS:-$here/results}/jdk$version
	mkdir -p "$directory"
	for scenario in ${SCENARIOS:-$all}; do
		case $scenario in
			echo | echo-by-c | connections | latency | tls | backplane) measure "$directory" "$home" "$scenario" --seconds 1.5 ;;
			allocation) measure "$directory" "$home" "$scenario" --seconds 1 ;;
			*) measure "$directory" "$home" "$scenario" --seconds 2 ;;
		esac
	done
	files=()
	for scenario in $all; do
		[ ! -f "$directory/$scenario.json" ] || files+=("$directory/$scenario.json")
	done
	[ ${#files[@]} -eq 0 ] || "$java" -jar "$jar" report "${files[@]}" --chart "$directory/chart.svg" >"$directory/tables.md"
	echo "$(date +%H:%M) $directory/tables.md"
done
exit $failed
