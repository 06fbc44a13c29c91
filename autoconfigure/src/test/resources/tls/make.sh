#!/bin/sh
# Makes the certificates of the tests, valid from 2020 to 2120, but for expired.pem. Their keys are no secret.
set -e
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
touch "$work/index"
cat > "$work/config" <<EOF
[ca]
default_ca = tests
[tests]
database = $work/index
new_certs_dir = $work
rand_serial = yes
unique_subject = no
default_md = sha256
policy = any
[any]
commonName = supplied
[req]
distinguished_name = none
[none]
EOF

# name, its extensions, the last day as YYMMDD or YYYYMMDD, and how it is signed
certificate() {
	name=$1 extensions=$2 end=$3
	shift 3
	openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$name.key"
	openssl req -new -config "$work/config" -key "$name.key" -subj "/CN=$name" -out "$work/$name.csr"
	printf "$extensions\n" > "$work/extensions"
	openssl ca -batch -notext -config "$work/config" -extfile "$work/extensions" -in "$work/$name.csr" \
		-startdate 20200101000000Z -enddate "${end}000000Z" "$@" -out "$name.pem"
}

authority() {
	certificate "$1" 'basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign' 21200101 -selfsign -keyfile "$1.key"
}

signed() {
	certificate "$1" "subjectAltName=$3" "$4" -cert "$2.pem" -keyfile "$2.key"
}

here=DNS:localhost,IP:127.0.0.1,IP:0:0:0:0:0:0:0:1
authority authority
authority stranger-authority
signed server authority $here 21200101
signed renewed authority $here 21190101
signed other authority 'DNS:other.example,DNS:*.wild.example' 21200101
signed client authority DNS:client.example 21200101
signed stranger stranger-authority $here 21200101
signed expired authority $here 20210101

# signed by itself; its name forges a line of log, turns the direction of writing and colours it
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out nasty.key
openssl req -new -utf8 -config "$work/config" -key nasty.key -out "$work/nasty.csr" \
	-subj "/CN=$(printf 'x\033[31m\r\n2026-01-01 ERROR forged\302\205a\342\200\250b\342\200\256d')"
printf "subjectAltName=$here\n" > "$work/extensions"
openssl ca -batch -notext -utf8 -config "$work/config" -extfile "$work/extensions" -in "$work/nasty.csr" \
	-startdate 20200101000000Z -enddate 21200101000000Z -selfsign -keyfile nasty.key -out nasty.pem

rm authority.key stranger-authority.key
chmod 644 ./*.key
