#!/bin/bash
# ./models.sh proofs | bugs | live | all [pattern]     needs: apt-get install spin gcc     at most 3.5 GB and 5 minutes a run
# With a pattern only the runs whose words match it.
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
bad=0 only=${2:-.}

run() { # model, definitions, expect ok|error, words, [live]
  local model=$1 defs=$2 expect=$3 words=$4 live=$5 dir="$tmp/w"
  [[ "$model $defs $words" =~ $only ]] || return 0
  rm -rf "$dir"; mkdir "$dir"; cd "$dir" || exit 1
  local pan="-m400000" cc="-DMEMLIM=3500 -DCOLLAPSE -DSAFETY"
  if [ "$live" = live ]; then defs="$defs -DLIVE"; pan="$pan -a -f"; cc="-DMEMLIM=3500 -DCOLLAPSE -DNFAIR=4"; fi
  spin -a $defs "$here/$model" >spin.log 2>&1 && gcc -O2 -w $cc -o pan pan.c || { echo "cannot build $model $defs"; cat spin.log; bad=1; return; }
  timeout 300 nice ./pan $pan >out 2>&1
  local code=$? found=error states seconds memory what
  grep -q "errors: 0" out && ! grep -qE "out of memory|max search depth too small" out && found=ok
  [ $code = 124 ] && found=timeout
  states=$(awk '/states, stored/ {print $1; exit}' out)
  seconds=$(awk '/elapsed time/ {print $4; exit}' out)
  memory=$(awk '/total actual memory/ {printf "%d", $1; exit}' out)
  [ "$found" = ok ] || what=$(grep -m1 -oE "assertion violated|acceptance cycle|invalid end state" out)
  [ "$found" = "$expect" ] || bad=1
  printf '| %s | `%s` | %s | %s | %s | %s | %s |\n' "$words" "${model%.pml}${defs:+ $defs}" "$found${what:+: $what}" "${states:-?}" "${seconds:-?}" "${memory:-?}" "$([ "$found" = "$expect" ] && echo as expected || echo UNEXPECTED)"
}

header() { echo "| what | run | outcome | states | s | MB | |"; echo "|---|---|---|---|---|---|---|"; }

proofs() {
  header
  run link.pml "-DEC=2 -DEJ=2" ok "2 + 2 edits of any values, 1 late write, three policies"
  run link.pml "-DEC=1 -DEJ=3" ok "1 + 3 edits"
  run link.pml "-DEC=3 -DEJ=1" ok "3 + 1 edits"
  run link.pml "-DNEWONLY -DEC=3 -DEJ=2 -DZMAX=1 -DPOLICIES=3" ok "3 + 2 edits of new values, 1 late write"
  run link.pml "-DNEWONLY -DEC=2 -DEJ=2 -DZMAX=2" ok "2 + 2 edits, 2 late writes"
  run link.pml "-DNEWONLY -DEC=3 -DEJ=3 -DZMAX=0 -DPOLICIES=1" ok "3 + 3 edits, no late write"
  run link.pml "-DEC=2 -DEJ=1 -DEO=1" ok "2 + 1 edits, one of another column of the record"
  run link.pml "-DEC=1 -DEJ=2 -DEO=1" ok "1 + 2 edits, one of another column of the record"
  run link.pml "-DFIRST -DEC=2 -DEJ=1" ok "an issue that was there, any preference, 2 + 1 edits"
  run link.pml "-DFIRST -DEC=1 -DEJ=2" ok "an issue that was there, any preference, 1 + 2 edits"
  run link.pml "-DSTALE -DEC=2 -DEJ=2" ok "an issue that is read again only where a step needs it"
  run link.pml "-DEC=2 -DEJ=2 -DSW=1 -DZMAX=0 -DPOLICIES=1" ok "a switch of the preference, Dynamics wins"
  run link.pml "-DEC=2 -DEJ=2 -DSW=1 -DZMAX=0 -DPOLICIES=2" ok "a switch of the preference, Jira wins"
  run link.pml "-DEC=2 -DEJ=1 -DSW=1 -DZMAX=0" ok "a switch of the preference, 2 + 1 edits, three policies"
  run link.pml "-DEC=1 -DEJ=1 -DSW=3 -DZMAX=1" ok "three switches, 1 late write"
  run link.pml "-DLINKS=2 -DEC=1 -DEJ=1 -DPOLICIES=1" ok "two records on one issue, Dynamics wins"
  run link.pml "-DLINKS=2 -DEC=1 -DEJ=1 -DPOLICIES=2" ok "two records on one issue, Jira wins"
  run link.pml "-DLINKS=2 -DEC=1 -DEJ=1 -DPOLICIES=4" ok "two records on one issue, a person decides"
  run create.pml "" ok "create, adopt, unlink, link again, delete, clone, lose access"
  run resolve.pml "-DEI=4 -DES=3" ok "two issues, one case, rule all; 4 + 4 + 3 changes"
  run time.pml "-DER=2 -DEW=2" ok "time record and worklog; edits, silent move, delete on both sides"
}

live() {
  header
  run link.pml "-DEC=2 -DEJ=1 -DZMAX=1 -DFAILURES=1" ok "both sides agree at last, and nothing is written any more" live
  run link.pml "-DEC=1 -DEJ=2 -DZMAX=1 -DFAILURES=1" ok "the same, 1 + 2 edits" live
  run link.pml "-DEC=2 -DEJ=2 -DZMAX=0 -DFAILURES=1" ok "the same, 2 + 2 edits" live
  run link.pml "-DLINKS=2 -DEC=1 -DEJ=1 -DZMAX=0 -DFAILURES=0 -DPOLICIES=1" ok "the same, two records" live
  run create.pml "" ok "a wanted issue is there at last" live
  run resolve.pml "" ok "the case follows its issues at last" live
  run time.pml "" ok "record and worklog are equal at last" live
}

bugs() {
  header
  local b="-DEC=2 -DEJ=2"
  run link.pml "$b -DBUG_1" error "1 no base: Jira's value is taken when it differs"
  run link.pml "$b -DBUG_2" error "2 base written before the write to Jira"
  run link.pml "$b -DBUG_3" error "3 echo recognised by a time window"
  run link.pml "$b -DBUG_4" error "4 changelog not read"
  run link.pml "-DLINKS=2 -DEC=1 -DEJ=1 -DBUG_5" error "5 own entries recognised by account, not by link"
  run link.pml "$b -DBUG_6" error "6 record written without If-Match"
  run link.pml "$b -DBUG_7" error "7 value and base in two requests"
  run link.pml "$b -DBUG_8" error "8 a webhook's payload is believed"
  run link.pml "$b -DBUG_9" error "9 a decision is applied to other values than those shown"
  run link.pml "$b -DBUG_10" error "10 the loser of a conflict gets no entry"
  run link.pml "-DEC=1 -DEJ=1 -DSW=2 -DBUG_11" error "11 the link is not in the guard: Off races with a run"
  run link.pml "-DEC=1 -DEJ=1 -DSW=2 -DBUG_12" error "12 Off is confirmed while a write is on the wire"
  run link.pml "$b -DBUG_13" error "13 cursor moved to the newest entry instead of the last one read"
  run link.pml "$b -DBUG_14" error "14 own writes carry no marker"
  run link.pml "$b -DBUG_15" error "15 base moved when a conflict is opened"
  run link.pml "$b -DBUG_16" error "16 a covered value is noted, but the merge goes on with ours"
  run link.pml "-DLINKS=2 -DEC=1 -DEJ=1 -DBUG_17" error "17 two links of one issue both send"
  run link.pml "$b -DBUG_18" error "18 who replaced a covering write counts as not having seen it"
  run link.pml "$b -DBUG_19" error "19 only the newest changelog entry is looked at"
  run link.pml "$b -DBUG_20" error "20 one base for both sides"
  run link.pml "$b -DBUG_21" error "21 the marker carries no record version: late writes look new"
  run link.pml "$b -DBUG_22" error "22 a person doing by hand what we owed is not recognised"
  run link.pml "$b -DBUG_23" error "23 Jira put back by hand to a late write's value counts as unchanged"
  run link.pml "-DEC=1 -DEJ=1 -DSW=2 -DBUG_24" error "24 switched on again with a new base"
  run link.pml "$b -DBUG_25" error "25 the newer one wins, by clocks"
  run link.pml "$b -DBUG_26" error "26 Jira read before Dataverse"
  run link.pml "-DFIRST -DEC=1 -DEJ=1 -DBUG_28" error "28 the second round has forgotten that it is the first meeting"
  run link.pml "$b -DSTALE -DBUG_29" error "29 what was read before the run's own change set accounts for the record's value"
  run link.pml "-DEC=2 -DEJ=1 -DFAILURES=1 -DBUG_27" error "27 written again although Jira has it (no entry, for ever)" live
  run create.pml "-DBUG_31" error "31 no look before the second create"
  run create.pml "-DBUG_32" error "32 looked for in the search index only"
  run create.pml "-DBUG_33" error "33 adopted by label, without the mark"
  run create.pml "-DBUG_34" error "34 looked before the first request's deadline"
  run create.pml "-DBUG_35" error "35 marked in a second request"
  run create.pml "-DBUG_36" error "36 unlink in force at once, racing with a create"
  run create.pml "-DBUG_37" error "37 a webhook of the issue revives an unlinked link"
  run create.pml "-DBUG_38" error "38 404 means deleted: a new issue is made"
  run create.pml "-DBUG_39" error "39 unlink confirmed while a create is on the wire"
  run create.pml "-DBUG_40" error "40 an empty answer without access means not there"
  local r="-DEI=3 -DES=3"
  run resolve.pml "$r -DBUG_51" error "51 CloseIncident without a guard on the case"
  run resolve.pml "$r -DBUG_52" error "52 CloseIncident repeated without an id of its own"
  run resolve.pml "$r -DBUG_53" error "53 the rule acts as long as it holds"
  run resolve.pml "$r -DBUG_54" error "54 the sibling issue is taken from a stale mirror"
  run resolve.pml "$r -DBUG_55" error "55 a reopened issue reopens the case"
  run resolve.pml "$r -DBUG_56" error "56 a case reopened before our close was noted is closed again"
  run resolve.pml "$r -DBUG_57" error "57 base without the occasion: there and back is missed"
  local t="-DER=2 -DEW=2"
  run time.pml "$t -DBUG_61" error "61 no look before the second create"
  run time.pml "$t -DBUG_62" error "62 looked before the deadline"
  run time.pml "$t -DBUG_63" error "63 looked for on its issue only"
  run time.pml "$t -DBUG_64" error "64 gone in Jira: a new one is made"
  run time.pml "$t -DBUG_65" error "65 marked in a second request"
  run time.pml "$t -DBUG_66" error "66 moved in Jira counts as gone"
  run time.pml "$t -DBUG_67" error "67 the issue's history is not read after a write"
  run time.pml "$t -DBUG_68" error "68 what we wrote last is not kept with the worklog"
  run time.pml "$t -DBUG_69" error "69 the mark carries no version"
}

case ${1:-all} in
  proofs) proofs ;; live) live ;; bugs) bugs ;; all) proofs; echo; live; echo; bugs ;;
  *) echo "usage: $0 [proofs|live|bugs|all]"; exit 2 ;;
esac
exit $bad
