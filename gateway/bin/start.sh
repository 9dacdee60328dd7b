# Shared by the start scripts, which source it: builds a program if it was never built or a source has changed
# since, has its classes archived once per Java, so that it starts in half the time, and runs it.
#
#   program   its name, and that of its jar
#   module    the folder of its module
#   modules   the folders of all modules that it is made of
#   heap      how large its heap may grow
#   trial     the flags with which it can be started on trial, beside an own TRACKERD_DATA_DIR
#   here      the folder of the start script
#
# Needs a JDK 17+ (JAVA_HOME or PATH) and, for building, Maven. Options for the JVM: JAVA_OPTS.
# shellcheck shell=sh disable=SC2154

root=$(cd "$here/../.." && pwd -P)
folder=$root/$module/target/$program
jar=$folder/$program.jar

say() {
  echo "$program: $1" >&2
}

fail() {
  say "$1"
  exit 1
}

# Sets $java, and $version such as 17.0.15+6.
find_java() {
  java=$(command -v "${JAVA_HOME:+$JAVA_HOME/bin/}java") ||
    fail "no Java found: install a JDK 17 or newer, or set JAVA_HOME"
  # The file says what `java -version` would, in a tenth of the time.
  version=$(sed -n '/^JAVA_\(RUNTIME_\)\{0,1\}VERSION=/{s/.*="\(.*\)"/\1/p;q;}' \
    "$(dirname "$(readlink -f "$java")")/../release" 2>/dev/null) || version=
  [ -n "$version" ] || version=$("$java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p')
  # '17.0.15+6' is 17, '1.8.0_402' is 1, '25-ea' is 25.
  major=${version%%[!0-9]*}
  [ "${major:-0}" -ge 17 ] || fail "$java is too old: Java 17 or newer is needed"
}

outdated() {
  [ -f "$jar" ] || return 0
  [ -f "$root/pom.xml" ] || return 1
  sources=pom.xml
  for part in $modules; do sources="$sources $part/pom.xml $part/src/main"; done
  # Folders count too: theirs is the time at which a file was deleted.
  # shellcheck disable=SC2086
  [ -n "$(cd "$root" && find $sources -newer "$jar" -print 2>/dev/null | head -n 1)" ]
}

# '[INFO] --- compiler:3.15.0:compile (default-compile) @ tracker-server ---' is 'tracker-server: compile'.
step_of() {
  goal=${1%% (*}
  part=${1##* @ }
  say "  ${part% ---}: ${goal##*:}"
}

# Shows a line for each step, and what Maven said if it fails.
build() {
  command -v mvn >/dev/null 2>&1 || fail "has to be built, and no Maven found: install Maven 3.8.2 or newer"
  say "building (first start, or sources have changed) …"
  said=$(mktemp) || fail "can't make a temporary file"
  {
    (cd "$root" && mvn -B -ntp -Dstyle.color=never -Dmaven.test.skip -pl "$module" -am package 2>&1) && echo BUILT
  } | {
    built=1
    while IFS= read -r line; do
      printf '%s\n' "$line" >>"$said"
      case $line in
        *' --- '*:enforce\ * | *' --- '*:test* | *' --- '*:generate-test\ *) ;; # of no interest here
        *' --- '*:*' @ '*) step_of "$line" ;;
        # Maven's last line does not end.
        *BUILT) built=0 ;;
      esac
    done
    [ $built = 0 ] || grep '^\[ERROR\]' "$said" >&2
    rm -f "$said"
    exit $built
  } || fail "the build failed; see above"
  # Maven leaves a jar alone whose contents are the same.
  touch "$jar"
}

# Starts the program on trial, and has the JVM keep the classes that it loaded. Whatever goes wrong, the program
# runs without; an empty archive says that there is no use in trying again.
make_archive() {
  [ -w "$folder" ] && trial_folder=$(mktemp -d) || return 0
  say "preparing faster starts on Java $version …"
  made=$archive.$$
  trap 'kill "$trial_run" 2>/dev/null; rm -rf "$trial_folder" "$made"; exit 1' HUP INT TERM
  mkfifo "$trial_folder/out"
  # shellcheck disable=SC2086
  env -i PATH="$PATH" TRACKERD_DATA_DIR="$trial_folder/data" \
    "$java" $options -XX:ArchiveClassesAtExit="$made" -jar "$jar" $trial \
    >"$trial_folder/out" 2>/dev/null </dev/null &
  trial_run=$!
  while read -r line; do
    case $line in ready*) kill "$trial_run" ;; esac
  done <"$trial_folder/out"
  # A damaged archive can crash the JVM: it is read once, wholly, before it is used.
  # shellcheck disable=SC2086
  if wait "$trial_run" && "$java" $options -XX:SharedArchiveFile="$made" -XX:+VerifySharedSpaces \
    -jar "$jar" --version >/dev/null 2>&1; then
    find "$folder" -name '*.jsa' ! -newer "$jar" -exec rm -f {} +
    mv -f "$made" "$archive"
  else
    : >"$archive"
  fi
  rm -rf "$trial_folder" "$made"
  trap - HUP INT TERM
}

find_java
! outdated || build

# The JVM's own warnings go to standard error; none that an archive does not fit.
options="-Xms64m -Xmx$heap -XX:MaxDirectMemorySize=256m -XX:+ExitOnOutOfMemoryError"
options="$options -Xlog:disable -Xlog:all=warning:stderr -Xlog:cds*=off:stderr"
# Since 24, the JVM warns when a library uses Unsafe (JEP 498).
[ "$major" -lt 24 ] || options="$options --sun-misc-unsafe-memory-access=allow"

archive=$folder/$program-$version.jsa
case ${1:-} in
  # Commands that end at once take 40 % less CPU time without the compiler for long runs.
  key | -h | --help | -V | --version) options="$options -XX:TieredStopAtLevel=1" ;;
  # An archive is of no use to a jar that is newer than it.
  *) [ -n "$(find "$archive" -newer "$jar" 2>/dev/null)" ] || make_archive ;;
esac
[ ! -s "$archive" ] || options="$options -XX:SharedArchiveFile=$archive"

# Unquoted on purpose: these hold several options. The last of two equal ones counts.
# shellcheck disable=SC2086
exec "$java" $options ${JAVA_OPTS:-} -jar "$jar" "$@"
