/*
 * One field of an issue link: a Dataverse record, a Jira issue, the service between them. See README.md.
 *
 *  - People change the value on both sides at any moment: to a new value or to any that there has been.
 *  - A run may start at any moment and starts again and again (polling). A lost, doubled or reordered webhook is a run that
 *    starts later, twice or in another order: a webhook carries nothing that a run believes (bug 8 is what happens otherwise).
 *  - A run reads Dataverse, reads Jira with its changelog, plans, applies ONE action. It may die between any two steps.
 *  - Dataverse writes are change sets with If-Match on record and link. Jira writes are blind; they are lost, or land, or land
 *    long after the run that sent them was given up (z). Jira writes no changelog entry when nothing changes.
 *  - A changelog entry of ours names the link and the version of the record that was read for it.
 *  - People switch the link's preference, and decide conflicts from what they were shown.
 *  - With STALE a run reads the issue again only where a step needs it (the opposite of FREE), not after each change set of its own.
 *  - With FIRST an issue that was there is linked: neither side's value was ever accounted for, so that both count as people's until
 *    the first of them is. A conflict that is opened then stays one of the first meeting.
 *
 * The service never reads the ghost variables. Each edit by a person has a tag, which travels with the value:
 *  tc, tj   tag of the value that stands on each side
 *  sup      tags that a person saw and replaced (or decided against)
 *  safe     tags that have reached the other side, or stand in a conflict entry
 *  owed     tags that a write of ours covered before anybody on the other side could know them
 *  agc, agj, agtc, agtj, js, jst   what each side had when both last agreed, or from us: whoever goes back to it has changed nothing
 */
#ifndef LINKS
#define LINKS 1
#endif
#ifndef EC
#define EC 2            /* edits by people in each record */
#endif
#ifndef EJ
#define EJ 2            /* edits by people in the issue */
#endif
#ifndef ZMAX
#define ZMAX 1          /* late writes to Jira, per link */
#endif
#ifndef EO
#define EO 0            /* edits of other columns of each record: its version grows, the value stays */
#endif
#ifndef SW
#define SW 0            /* switches of the preference */
#endif
#ifndef DEC
#define DEC 2           /* decisions by a person */
#endif
#ifndef POLICIES
#define POLICIES 7      /* bit 0: Dynamics wins, bit 1: Jira wins, bit 2: ask */
#endif
#ifndef LMAX
#define LMAX 9
#endif

#define B(v)    (1 << (v))
#define VAL(e)  ((e) & 7)
#define TAG(e)  (((e) >> 3) & 7)
#define WHO(e)  (((e) >> 6) & 3)
#define RV(e)   ((e) >> 8)                   /* version of the record that a write of ours was planned from */
#ifndef MAXVER
#define MAXVER 12
#endif
#define NONE 15

/* to show that both sides agree at last, failures must end; for safety they need not */
#ifdef LIVE
#ifndef FAILURES
#define FAILURES 2
#endif
byte failures;
#define MAYFAIL (failures < FAILURES)
#define FAILED  failures++
#else
#define MAYFAIL true
#define FAILED  skip
#endif

#if defined(BUG_5)
#define OWN(e)  (WHO(e) != 0)                /* our account instead of our link */
#elif defined(BUG_14)
#define OWN(e)  false                        /* no marker: every entry is a person's */
#else
#define OWN(e)  (WHO(e) == l + 1)
#endif

#ifdef BUG_23
#define TOUCHED false
#else
#define TOUCHED true
#endif
/* the record has moved since the base, or its value is still owed to Jira */
#ifdef BUG_20
#define DIRTY   (rc != bb)
#else
#define DIRTY   (rc != bb || debt)
#endif
#define JMOVED  (t != b || touched)

/* late: planned from an older record than what is accounted for, and not what the record held then */
#ifdef BUG_21
#define ISLATE(e) false                      /* the marker carries no version */
#else
#define ISLATE(e) (x != bb && RV(e) <= vm)
#endif
#if LINKS > 1
#define ATREST  (!zf[0] && !zf[1] && cur[1 - l] == n && bj[1 - l] == j && (pref[1 - l] != BOTH || bc[1 - l] == c[1 - l] && c[1 - l] == j || held[1 - l]))
#else
#define ATREST  (!zf[0])
#endif

#define BOTH 0
#define FROM_JIRA 1
#define TO_JIRA 2
#define OFF 3

#define CRM_WINS 1
#define JIRA_WINS 2
#define ASK 4

/* actions */
#define NOTHING 0
#define ENTER 1         /* entries for values that a write of ours covered */
#define AGREE 2         /* base and cursor follow */
#define WRITE 3         /* the record's value goes to Jira */
#define TAKE 4          /* change set: record takes Jira's value, base, cursor */
#define TAKE_E 5        /* the same with an entry for the record's value */
#define KEEP 6          /* change set: entry for Jira's value, base, cursor; the next round writes */
#define HOLD 7          /* a conflict is opened for a person, or shows newer values */
#define CLOSE 8         /* the conflict has ended by itself */
#define DECIDED_C 9     /* a person chose Dynamics' value */
#define DECIDED_J 10    /* a person chose Jira's value */
#define REFUSE 11       /* a person chose among other values than those that stand */
#define CONFIRM 12      /* Off is in force */
#define BASE_FIRST 13   /* seeded bug 2 */
#define DROP 14         /* seeded bug 3 */

/* steps that hold for whatever the record has become since it was read: the others are dropped when it has changed */
#ifndef FREE
#define FREE (act[l] == CONFIRM || act[l] == REFUSE || act[l] == HOLD || act[l] == CLOSE || act[l] == AGREE && known)
#endif

/* the world */
byte c[LINKS]; byte ver[LINKS];                  /* the record's value and version */
byte j;                                          /* the issue's value */
short L[LMAX]; byte n;                           /* changelog behind the slowest cursor */
byte z[LINKS]; byte zt[LINKS]; bool zf[LINKS]; byte zv[LINKS]; byte zn[LINKS];    /* late write */

/* what the service keeps on the link row */
byte bc[LINKS]; byte bj[LINKS]; byte bv[LINKS];  /* base: what each side held when last accounted for, the record's version */
byte cur[LINKS];                                 /* entries of L that are accounted for */
byte ent[LINKS];                                 /* entries already written for covered values (tags) */
bool held[LINKS]; byte hc[LINKS]; byte hj[LINKS]; bool touch[LINKS];  /* open conflict and the two values it shows */
byte dec[LINKS]; byte dc[LINKS]; byte dj[LINKS];                  /* decision: 1 Dynamics, 2 Jira; what was shown */
byte pref[LINKS]; bool offc[LINKS];              /* wanted preference; Off confirmed */
bool moved[LINKS]; bool lmoved[LINKS];           /* record or link, the link alone changed since the run read them */
#ifdef FIRST
bool first[LINKS];                               /* neither side's value was ever accounted for */
#define ISFIRST first[l]
#else
#define ISFIRST false
#endif
byte act[LINKS];                                 /* what the run is about to do */
byte rk[LINKS];                                  /* how far the run has read L */

/* people */
byte ec[LINKS]; byte ej; byte sw[LINKS]; byte nd[LINKS];
#if EO > 0
byte eo[LINKS];
#endif
byte fresh = 1;                                  /* next new value */
byte tags = 1;                                   /* next tag */
byte pol;

/* ghosts */
byte tc[LINKS]; byte tj; byte sup; byte safe = 1; byte owed;
byte supf;                                       /* sup of the record that follows (link 1): what happens there binds nobody else */
byte agc[LINKS]; byte agj[LINKS]; byte agtc[LINKS]; byte agtj[LINKS];
byte by[8]; byte vt[8]; byte entered;            /* its value;                         /* which tag replaced a tag; tags that stand in an entry */
byte lv[LINKS];                                  /* newest version of the record that has reached the issue */
byte cs[LINKS]; byte cst[LINKS]; byte crep[LINKS]; byte jrep;    /* the same for the record; tags replaced since */
byte js; byte jst; byte jsf;                     /* what last stood in the issue: 0 accounted for, 1 from us, 2 from a late write of ours */

#ifdef BUG_8
byte hv; byte hvt; bool hf;                      /* payload of a webhook on its way */
#endif
#ifdef BUG_3
bool win[LINKS];                                 /* echo window */
#endif
byte i1; byte i2;

inline append(v, t, who, rv) {
  assert(n < LMAX);
  printf("      Jira %d -> %d by %d\n", j, v, who);
  L[n] = (v) | ((t) << 3) | ((who) << 6) | ((rv) << 8); n++; j = v; tj = t
}

/* entries that every link has accounted for are forgotten */
inline trim() {
  i1 = cur[0];
#if LINKS > 1
  if :: cur[1] < i1 -> i1 = cur[1] :: else fi;
#endif
  if
  :: i1 > 0 ->
     i2 = 0;
     do
     :: i2 + i1 < n -> L[i2] = L[i2 + i1]; i2++
     :: else -> break
     od;
     do
     :: i2 < n -> L[i2] = 0; i2++
     :: else -> break
     od;
     n = n - i1; cur[0] = cur[0] - i1;
#ifdef STALE
     if :: q >= i1 -> q = q - i1 :: else -> q = 0 fi;
#endif
#if LINKS > 1
     cur[1] = cur[1] - i1;
     if :: rk[1] >= i1 -> rk[1] = rk[1] - i1 :: else -> rk[1] = 0 fi;
#endif
     if :: rk[0] >= i1 -> rk[0] = rk[0] - i1 :: else -> rk[0] = 0 fi
  :: else
  fi;
  i1 = 0; i2 = 0
}

/* a write of ours reaches Jira */
inline landOwn(l, v, t, rv) {
  assert(!offc[l]);                                        /* I6 */
  i2 = (rv <= bv[l] && v != bc[l] || rv < lv[l]);           /* overtaken by a newer write or base */
  if :: rv > lv[l] -> lv[l] = rv :: else fi;
  if :: v == c[l] && !i2 -> i1 = tc[l] :: else -> i1 = t fi;
  if
  :: v == j -> safe = safe | B(i1) | B(tj)                 /* no entry: nobody learns of it */
  :: v != j && (B(tj) & (safe | sup)) == 0 && j != agj[l] ->   /* it covers what nobody on the other side can know */
     owed = owed | B(tj); append(v, i1, l + 1, rv)
  :: v != j && ((B(tj) & (safe | sup)) != 0 || j == agj[l]) ->
     safe = safe | B(i1);
     if :: !i2 && j == agj[l] && (owed & ~safe) == 0 -> agc[l] = v; agj[l] = v; agtc[l] = i1; agtj[l] = i1 :: else fi;
     append(v, i1, l + 1, rv)
  fi;
  if :: !i2 -> cs[l] = v; cst[l] = i1; crep[l] = 0 :: else fi;
  js = j; jst = tj; jsf = (i2 -> 2 : 1); jrep = 0; i1 = 0; i2 = 0
#ifdef BUG_3
  ; win[l] = true
#endif
}

/* any value there has been, or a new one; with NEWONLY new ones and the other side's, which allows longer histories */
inline pick(v, other) {
#ifdef NEWONLY
  if
  :: v = fresh
  :: v = other
  fi
#else
  if
  :: v = fresh
  :: v = 0
  :: fresh > 1 -> v = 1
  :: fresh > 2 -> v = 2
  :: fresh > 3 -> v = 3
  :: fresh > 4 -> v = 4
  fi
#endif
}

proctype PersonInDynamics(byte l) {
  byte v;
  do
  :: ec[l] < EC ->
     atomic {
       pick(v, j);
       ec[l] = ec[l] + 1;
       if
       :: v != c[l] ->
          printf("      Dynamics %d: %d -> %d by a person\n", l, c[l], v);
          i1 = tc[l]; crep[l] = crep[l] | B(i1);
          if :: l == 0 -> sup = sup | B(i1) :: else -> supf = supf | B(i1) fi;
          if                                                   /* back: nothing has changed */
          :: v == agc[l] -> tc[l] = agtc[l]
          :: v != agc[l] && v == cs[l] -> tc[l] = cst[l]; safe = safe | B(tc[l]); if :: l == 0 -> sup = sup & ~crep[l] :: else -> supf = supf & ~crep[l] fi; crep[l] = 0
          :: else -> tc[l] = tags; vt[tags] = v; tags++
          fi;
          if
          :: l == 0 -> sup = sup & ~B(tc[l]); by[i1] = tc[l]
          :: else -> supf = supf & ~B(tc[l])
          fi;
          i1 = 0;
          if :: v == fresh -> fresh++ :: else fi;
          c[l] = v; ver[l] = ver[l] + 1; moved[l] = true; touch[l] = true;
          if :: c[l] == j -> safe = safe | B(tc[l]) | B(tj) :: else fi      /* both sides have it */
       :: else
       fi;
       v = 0
     }
#if EO > 0
  :: atomic { eo[l] < EO -> eo[l] = eo[l] + 1; ver[l] = ver[l] + 1; moved[l] = true }
#endif
  :: break
  od
}

#if LINKS > 1
#define BACKJ(v) (v == agj[0] && v == agj[1])
#define ADOPTS(v) (v == agc[0] && v == agc[1])
#else
#define BACKJ(v) (v == agj[0])
#define ADOPTS(v) (v == agc[0])
#endif

proctype PersonInJira() {
  byte v;
  do
  :: ej < EJ ->
     atomic {
       pick(v, c[0]);
       ej = ej + 1;
       if
       :: v != j ->
          i1 = tj; jrep = jrep | B(i1); sup = sup | B(i1);
          if
          :: v == js && jsf != 2 ->                            /* back; over a late write it is a change, which binds nothing */
             if :: jsf == 1 -> safe = safe | B(jst) :: else fi;    /* it came from the record: both sides know it */
             append(v, jst, 0, 0); sup = sup & ~jrep; jrep = 0
          :: !(v == js && jsf != 2) && BACKJ(v) -> append(v, agtj[0], 0, 0)
          :: !(v == js && jsf != 2) && !BACKJ(v) && ADOPTS(v) -> safe = safe | B(agtc[0]); append(v, agtc[0], 0, 0)      /* what the record had: adopted */
          :: else -> vt[tags] = v; append(v, tags, 0, 0); tags++
          fi;
          sup = sup & ~B(tj); by[i1] = tj; i1 = 0; touch[0] = true;
          if :: v == fresh -> fresh++ :: else fi;
          if :: c[0] == j -> safe = safe | B(tc[0]) | B(tj) :: else fi
#if LINKS > 1
          ; if :: c[1] == j -> safe = safe | B(tc[1]) | B(tj) :: else fi
#endif
#ifdef BUG_8
          ;
          if :: !hf -> hf = true; hv = v; hvt = tj :: else fi
#endif
       :: else
       fi;
       v = 0
     }
  :: break
  od
}

/* a write that its run has given up lands late or never */
proctype Wire(byte l) {
end:
  do
  :: atomic { zf[l] -> landOwn(l, z[l], zt[l], zv[l]); zf[l] = false; z[l] = 0; zt[l] = 0; zv[l] = 0 }
  :: atomic { zf[l] -> zf[l] = false; z[l] = 0; zt[l] = 0; zv[l] = 0 }
  od
}

proctype Decider(byte l) {
end:
  do
  :: atomic { held[l] && dec[l] == 0 && nd[l] < DEC ->
       nd[l] = nd[l] + 1; dc[l] = hc[l]; dj[l] = hj[l];
       if :: dec[l] = 1 :: dec[l] = 2 fi;
       printf("      decision %d about %d and %d\n", dec[l], dc[l], dj[l])
     }
  od
}

proctype Switcher(byte l) {
  do
  :: sw[l] < SW ->
     atomic {
       sw[l] = sw[l] + 1;
       if
       :: pref[l] != BOTH -> pref[l] = BOTH
       :: pref[l] != FROM_JIRA -> pref[l] = FROM_JIRA
       :: pref[l] != TO_JIRA -> pref[l] = TO_JIRA
       :: pref[l] != OFF -> pref[l] = OFF
       fi;
#ifdef BUG_24
       if :: pref[l] == BOTH -> bc[l] = c[l]; bj[l] = j; cur[l] = n :: else fi;    /* a new base when it is switched on again */
#endif
       printf("      preference %d\n", pref[l]);
       offc[l] = false
#ifndef BUG_11
       ; moved[l] = true; lmoved[l] = true
#endif
     }
  :: break
  od
}

#ifdef BUG_3
active proctype Clock() { do :: win[0] -> win[0] = false od }
#endif

inline unhold() { held[l] = false; hc[l] = 0; hj[l] = 0; dec[l] = 0; dc[l] = 0; dj[l] = 0 }

#define NAMED1(x, y) ((y) < tags && (B(y) & entered) != 0 && vt[y] == vt[x])
#define NAMED(x) (NAMED1(x, 1) || NAMED1(x, 2) || NAMED1(x, 3) || NAMED1(x, 4) || NAMED1(x, 5) || NAMED1(x, 6))

#ifdef STALE
#define DONE_HERE ; did = true
#else
#define DONE_HERE
#endif
proctype Worker(byte l) {
  byte rc, rct, rv, rp, rd, rdc, rdj;                /* as read from Dataverse */
  byte bb, b, t, tt, jj, jt, q;                  /* base (record, issue), Jira's value for the merge, Jira as it stands */
  byte lost, over, x, vm; bool overlate, touched, debt, same, known;
#ifdef STALE
  bool kept, did;
#endif
again:
  skip;
#ifdef BUG_26
  d_step { jj = j; jt = tj; q = n };                      /* the other order of reading */
#endif
  /* 1. read Dataverse: record, link, decision */
  d_step {
    assert(ver[l] < MAXVER); rc = c[l]; rct = tc[l]; rv = ver[l]; rp = pref[l]; rd = dec[l]; rdc = dc[l]; rdj = dj[l]; moved[l] = false; lmoved[l] = false
  };
#ifdef STALE
reread:
  skip;
#endif
  /* 2. read Jira: value, changelog since the cursor. 3. plan */
  d_step {
    bb = bc[l]; b = bj[l]; t = b; tt = agtj[l]; rk[l] = cur[l];
#ifdef STALE
    if :: kept -> skip :: else -> jj = j; jt = tj; q = n fi;
#elif !defined(BUG_26)
    jj = j; jt = tj; q = n;
#endif
    lost = 0; over = NONE; overlate = false; touched = false; debt = (bc[l] != bj[l]); vm = bv[l];
    do
    :: rk[l] < q ->
       x = VAL(L[rk[l]]);
       if
       :: OWN(L[rk[l]]) && !ISLATE(L[rk[l]]) ->
          if :: RV(L[rk[l]]) > vm -> vm = RV(L[rk[l]]) :: else fi;
          if
          :: t == b || t == x -> b = x; bb = x; t = x; tt = TAG(L[rk[l]]); over = NONE; debt = false; touched = false
          :: else -> lost = lost | B(tt); over = x; overlate = false     /* as if it had not happened ... */
#ifdef BUG_16
             ; t = x; tt = TAG(L[rk[l]]); over = NONE
#endif
          fi
       :: OWN(L[rk[l]]) && ISLATE(L[rk[l]]) ->
          if
          :: t == x -> over = NONE
          :: t != x ->
             if :: t != b -> lost = lost | B(tt) :: else fi;
             over = x; overlate = true
          fi
       :: else ->
#ifndef BUG_18
          if
          :: over != NONE ->                                           /* ... until a person replaces it, having seen it */
             b = over;
             if :: overlate -> touched = TOUCHED :: else -> bb = over; debt = false fi;
             over = NONE
          :: else
          fi;
#endif
          t = x; tt = TAG(L[rk[l]])
#ifndef BUG_22
          ;
          if :: debt && x == bb -> b = x; debt = false; touched = false :: else fi    /* a person has done what we owed */
#endif
       fi;
       rk[l]++
    :: else -> break
    od;
    if
    :: ISFIRST -> bb = NONE; b = NONE; t = jj; tt = jt; rk[l] = q; lost = 0; over = NONE; touched = true; debt = true
    :: else
    fi;
#ifdef BUG_4
    b = bj[l]; bb = bc[l]; t = jj; tt = jt; lost = 0; touched = false; debt = (bb != b);    /* changelog not looked at */
#endif
#ifdef BUG_19
    b = bj[l]; bb = bc[l]; t = jj; tt = jt; lost = 0; touched = false; debt = (bb != b);    /* only the newest entry is looked at */
    if :: rk[l] > cur[l] && OWN(L[rk[l] - 1]) -> b = jj; bb = jj :: else fi;
#endif
#ifdef BUG_8
    if :: hf -> t = hv; tt = hvt; hf = false; hv = 0; hvt = 0 :: else fi;
#endif
    lost = lost & ~ent[l];
    known = (b == rc && bb == rc && over == NONE && !debt);      /* the base has it already: what is left is to forget the entries behind it */
    act[l] = NOTHING;
    if
#ifdef BUG_25
    :: rc != t -> if :: act[l] = TAKE :: act[l] = WRITE fi                          /* the newer one wins, by clocks that differ */
    :: rc == t && (bc[l] != rc || bj[l] != rc || rk[l] > cur[l]) -> act[l] = AGREE
    :: else
#elif defined(BUG_1)
    :: rc != t -> act[l] = TAKE
    :: rc == t && (bc[l] != rc || bj[l] != rc || rk[l] > cur[l]) -> act[l] = AGREE
    :: else
#else
    :: lost != 0 -> act[l] = ENTER
#ifdef BUG_3
    :: lost == 0 && win[l] && rk[l] > cur[l] -> act[l] = DROP
#endif
    :: else ->
       if
       :: rp == OFF ->
#ifdef BUG_12
          if :: !offc[l] -> act[l] = CONFIRM :: else fi
#else
          if :: !offc[l] && !zf[l] -> act[l] = CONFIRM :: else fi
#endif
       :: rp != OFF && held[l] && rd != 0 ->
#ifdef BUG_9
          if :: rd == 1 -> act[l] = DECIDED_C :: else -> act[l] = DECIDED_J fi
#else
          if
          :: rc == rdc && t == rdj -> if :: rd == 1 -> act[l] = DECIDED_C :: else -> act[l] = DECIDED_J fi
          :: else -> act[l] = REFUSE
          fi
#endif
       :: rp != OFF && !(held[l] && rd != 0) ->
          if
          :: rc == t -> if :: held[l] -> act[l] = CLOSE :: !held[l] && (bc[l] != rc || bj[l] != rc || rk[l] > cur[l]) -> act[l] = AGREE :: else fi
          :: rc != t && held[l] && (!DIRTY || !JMOVED || rp != BOTH) -> act[l] = CLOSE
          :: rc != t && !held[l] && DIRTY && !JMOVED ->
             if
#ifndef BUG_27
             :: rc == jj -> act[l] = AGREE                /* Jira has it already: a write would leave no entry, for ever */
             :: rc != jj && rp == FROM_JIRA -> skip
             :: rc != jj && rp != FROM_JIRA ->
#else
             :: rp == FROM_JIRA -> skip
             :: rp != FROM_JIRA ->
#endif
#ifdef BUG_2
                act[l] = BASE_FIRST
#else
                act[l] = WRITE
#endif
             fi
          :: rc != t && !held[l] && !DIRTY && JMOVED ->
             if :: rp == TO_JIRA -> skip :: rp != TO_JIRA -> act[l] = TAKE fi
          :: rc != t && DIRTY && JMOVED && !(held[l] && rp != BOTH) ->
             if
             :: rp == FROM_JIRA -> act[l] = TAKE_E
             :: rp == TO_JIRA -> act[l] = KEEP
             :: rp == BOTH && pol == CRM_WINS -> act[l] = KEEP
             :: rp == BOTH && pol == JIRA_WINS -> act[l] = TAKE_E
             :: rp == BOTH && pol == ASK ->
                if :: !held[l] || hc[l] != rc || hj[l] != t -> act[l] = HOLD :: else fi
             fi
          :: else                                         /* equal to what is accounted for */
          fi
       fi
#endif
    fi;
    /* what was read and what is planned, for prove.ts: the shipped function must plan the same */
    printf("PLAN %d %d %d %d %d %d %d %d", l, pol, rc, rv, rp, rd, rdc, rdj);
    printf(" %d %d %d %d %d %d %d", bc[l], bj[l], bv[l], ent[l], held[l], hc[l], hj[l]);
    printf(" %d %d %d %d %d %d %d", offc[l], zf[l], act[l], t, jj, ISFIRST, known);
    x = cur[l];
    do
    :: x < q -> printf(" %d", L[x]); x++
    :: else -> break
    od;
    printf("\n");
    x = 0; over = 0; vm = 0; same = (q == n);
#ifndef STALE
    q = 0;
#endif
    /* nothing left to do, and nothing has changed since it was read: what must hold at rest */
    if
    :: act[l] == NOTHING && !moved[l] && same && ATREST ->
       /* I1: no value lost without an entry: what a write of ours covered is safe, or stands, or is named */
       x = 1;
       do
       :: x < tags ->
          assert((B(x) & owed & ~safe) == 0 || vt[x] == j || NAMED(x)); x++
       :: else -> break
       od;
       x = 0;
       if
       :: rp == BOTH && !held[l] ->
          assert(c[l] == j);                              /* I2 */
          /* I8: whoever replaced the value that stands now is in turn replaced, or named in an entry */
          x = tc[l]; i1 = 0;
          do
          :: i1 < 6 && (B(x) & sup) != 0 && (B(x) & entered) == 0 -> x = by[x]; i1++
          :: else -> break
          od;
          assert((B(tc[l]) & sup) == 0 || (B(tj) & sup) == 0 || (B(x) & entered) != 0 || vt[x] == c[l]);
          x = 0; i1 = 0
       :: rp == FROM_JIRA -> assert(c[l] == j || DIRTY)     /* it differs only where the record was changed */
       :: else
       fi
    :: else
    fi
  };
#ifdef STALE
#ifndef BUG_29
  if :: atomic { kept && !(act[l] == NOTHING || act[l] == ENTER || FREE) -> kept = false; act[l] = NOTHING; q = 0; goto reread } :: else fi;
#endif
  kept = false; did = false;
#endif
  /* the run may die here; the next one starts from nothing */
  if
  :: act[l] == NOTHING -> goto done
  :: act[l] != NOTHING && MAYFAIL -> FAILED; goto done
  :: act[l] != NOTHING -> skip
  fi;
  /* 4. apply one action */
  atomic {
    printf("   run %d: act %d  record %d read %d  base %d/%d eff %d/%d  theirs %d jira %d  moved %d  sup %d safe %d owed %d\n", l, act[l], c[l], rc, bc[l], bj[l], bb, b, t, j, moved[l], sup, safe, owed);
    if
    :: act[l] == ENTER -> safe = safe | lost; entered = entered | lost; ent[l] = ent[l] | lost DONE_HERE      /* derived ids: a repeat finds its own rows */
    :: act[l] == WRITE ->
       if
       :: landOwn(l, rc, rct, rv)
       :: zn[l] < ZMAX && !zf[l] -> zf[l] = true; z[l] = rc; zt[l] = rct; zv[l] = rv; zn[l] = zn[l] + 1
       :: MAYFAIL -> FAILED                               /* refused, or lost on the way */
       fi
#ifdef BUG_2
    :: act[l] == BASE_FIRST ->
       if :: !moved[l] -> bc[l] = rc; bj[l] = rc; cur[l] = rk[l]; bv[l] = rv :: else -> act[l] = NOTHING fi
#endif
#ifdef BUG_3
    :: act[l] == DROP -> bc[l] = rc; bj[l] = jj; cur[l] = rk[l]; ent[l] = 0; bv[l] = rv
#endif
    :: else ->
       if
#ifdef BUG_6
       :: moved[l] && !(FREE && !lmoved[l]) && act[l] != TAKE && act[l] != TAKE_E -> skip
#else
       :: moved[l] && !(FREE && !lmoved[l]) -> skip                                /* 412: read again */
#endif
       :: else ->
#ifdef STALE
          did = true;
#endif
          if
          :: act[l] == AGREE ->
             safe = safe | B(rct) | B(jt); bc[l] = rc; bj[l] = jj; agc[l] = rc; agj[l] = jj; agtc[l] = rct; agtj[l] = jt
          :: act[l] == TAKE || act[l] == TAKE_E ->
             assert(!offc[l] && pref[l] != OFF);          /* I6 */
#ifndef BUG_10
             if :: act[l] == TAKE_E -> safe = safe | B(rct); entered = entered | B(rct) :: else fi;
#endif
             assert((B(tc[l]) & (safe | sup)) != 0 || l == 1 && (B(tc[l]) & supf) != 0);      /* I1 */
             c[l] = t; ver[l] = ver[l] + 1; tc[l] = tt; safe = safe | B(tt); agc[l] = t; agj[l] = jj; agtc[l] = tt; agtj[l] = jt;
#ifndef BUG_7
             bc[l] = t; bj[l] = jj;
#endif
             moved[l] = true
          :: act[l] == KEEP ->
#ifndef BUG_10
             safe = safe | B(tt); entered = entered | B(tt);
#endif
             bc[l] = rc; bj[l] = jj; agc[l] = rc; agj[l] = jj; agtc[l] = rct; agtj[l] = jt
          :: act[l] == HOLD ->
             held[l] = true; hc[l] = rc; hj[l] = t; touch[l] = (n > rk[l] || moved[l]); safe = safe | B(rct) | B(tt); entered = entered | B(rct) | B(tt)
#ifdef BUG_15
             ; bc[l] = rc; bj[l] = jj
#endif
#ifdef BUG_28
             ; if :: ISFIRST -> first[l] = false; cur[l] = rk[l] :: else fi      /* the second round has forgotten that it is the first meeting */
#endif
          :: act[l] == CLOSE || act[l] == REFUSE ->
             assert(act[l] == REFUSE || rp != BOTH || rc == t || touch[l]);    /* I9: only people end a conflict */
             if :: act[l] == CLOSE -> unhold() :: else -> dec[l] = 0; dc[l] = 0; dj[l] = 0 fi
          :: act[l] == CONFIRM -> offc[l] = true
          :: act[l] == DECIDED_C ->
             sup = (sup | B(tt)) & ~B(rct); by[tt] = rct; bc[l] = rc; bj[l] = jj; agc[l] = rc; agj[l] = jj; agtc[l] = rct; agtj[l] = jt; unhold()
          :: act[l] == DECIDED_J ->
             assert((B(tc[l]) & (safe | sup)) != 0 || NAMED(tc[l]));      /* I1 */
             sup = (sup | B(rct)) & ~B(tt); by[rct] = tt;
             c[l] = t; ver[l] = ver[l] + 1; tc[l] = tt; safe = safe | B(tt); agc[l] = t; agj[l] = jj; agtc[l] = tt; agtj[l] = jt; moved[l] = true;
             bc[l] = t; bj[l] = jj; unhold()
          fi;
          if
          :: act[l] == AGREE || act[l] == TAKE || act[l] == TAKE_E || act[l] == KEEP || act[l] == DECIDED_C || act[l] == DECIDED_J ->
#ifdef BUG_13
             cur[l] = n;
#else
#ifdef BUG_7
             if :: act[l] == TAKE || act[l] == TAKE_E -> skip :: else -> cur[l] = rk[l] fi;
#else
             cur[l] = rk[l];
#endif
#endif
             ent[l] = 0; bv[l] = rv;
#ifdef FIRST
             first[l] = false;
#endif
             i1 = rk[l]; i2 = 0;
             do
             :: i1 < n -> if :: WHO(L[i1]) != 0 -> i2 = 1 :: else fi; i1++
             :: else -> break
             od;
             if :: i2 == 0 -> js = jj; jst = jt; jsf = 0; if :: n == rk[l] -> jrep = 0 :: else fi :: else fi;
             cs[l] = bc[l]; cst[l] = agtc[l]; crep[l] = 0;
             i1 = 0; i2 = 0
          :: else
          fi
       fi
    fi;
    if :: c[l] == j -> safe = safe | B(tc[l]) | B(tj) :: else fi;
    trim()
#ifdef STALE
    ; if :: did -> kept = true :: else fi; did = false
#endif
  };
#ifdef BUG_2
  if
  :: act[l] == BASE_FIRST ->
     if :: goto done :: atomic { landOwn(l, rc, rct, rv); trim() } fi
  :: else
  fi;
#endif
#ifdef BUG_7
  if
  :: act[l] == TAKE || act[l] == TAKE_E ->
     if :: goto done :: atomic { bc[l] = t; bj[l] = jj; cur[l] = rk[l]; ent[l] = 0; bv[l] = rv; trim() } fi
  :: else
  fi;
#endif
done:
  skip;
  d_step {
    rc = 0; rct = 0; rv = 0; rp = 0; rd = 0; rdc = 0; rdj = 0; b = 0; bb = 0; t = 0; tt = 0; rk[l] = 0; lost = 0;
#ifdef STALE
    if :: !kept -> jj = 0; jt = 0; q = 0 :: else fi;
#else
    jj = 0; jt = 0;
#endif
    debt = false; touched = false; overlate = false; same = false; known = false;
#ifndef STALE
    q = 0;
#endif
    act[l] = NOTHING
  };
  goto again
}

init {
  atomic {
    if
    :: (POLICIES & CRM_WINS) -> pol = CRM_WINS
    :: (POLICIES & JIRA_WINS) -> pol = JIRA_WINS
    :: (POLICIES & ASK) -> pol = ASK
    fi;
#ifdef FIRST
    if
    :: j = 0
    :: j = 1; tj = 1; vt[1] = 1; tags = 2; fresh = 2; safe = 0
    fi;
    if :: pref[0] = BOTH :: pref[0] = FROM_JIRA :: pref[0] = TO_JIRA :: pref[0] = OFF fi;
    first[0] = true; bc[0] = NONE; bj[0] = NONE; js = j; jst = tj; agj[0] = j; agtj[0] = tj;
#endif
    run PersonInDynamics(0); run PersonInJira(); run Wire(0); run Worker(0);
    if :: pol == ASK -> run Decider(0) :: else fi;
#if SW > 0
    run Switcher(0);
#endif
#if LINKS > 1
#ifndef BUG_17
    pref[1] = FROM_JIRA;                                  /* one link of an issue sends, the others follow */
#endif
    run PersonInDynamics(1); run Wire(1); run Worker(1);
    if :: pol == ASK -> run Decider(1) :: else fi;
#endif
  }
}

#ifdef LIVE
#if LINKS > 1
ltl settles { <>[] ((c[0] == j || held[0]) && act[0] == NOTHING && act[1] == NOTHING) }
#else
ltl settles { <>[] ((c[0] == j || held[0]) && act[0] == NOTHING) }
#endif
#endif
