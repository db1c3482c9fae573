# Sourced by the scripts here: a suite of its own, with its own ports and data, and the load generator.
offset=900
work=bench/target
data=$work/suite
gateway=$((8080 + offset))
kafka=$((9092 + offset))

suite() {
  local command=$1
  shift
  ./realtime "$command" --data "$data" --port-offset $offset "$@"
}
up() { suite up -d --open "$@" >$work/up.log; }
down() { suite down >/dev/null 2>&1 || true; }
# The process id of a service as status names it.
pid() { suite status | awk -v name="$1" '$1 == name { print $2 }'; }

build() {
  mkdir -p $work
  down
  JAVA_HOME=$(./realtime jdk)
  export JAVA_HOME
  mvn -q -B -pl bench -am package -DskipTests -Dspotless.check.skip
}
java() {
  "$JAVA_HOME/bin/java" -Xmx700m --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "bench/target/classes:bench/target/lib/*" "io.socle.realtime.bench.$1" "${@:2}"
}
