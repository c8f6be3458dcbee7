/*
 * A case with two linked issues, rule "all": the case resolves when both issues are resolved. An issue that is reopened reopens no
 * case: the timeline says so, and people decide. CloseIncident is not idempotent and takes no If-Match of its own.
 *
 *  - Resolution is merged like any field: base = the rule's outcome (with the occasion: the changelog entry that made it true) and the
 *    case's state when last accounted for. Only there changed: the case follows. Only here: it stands. Both: a person decides.
 *    The rule does not act as long as it holds: otherwise nobody could reopen a case whose issues are resolved.
 *  - One occasion, one resolution row: its id derives from the changelog entry that made the rule true. Guard and close stand in one change set: If-Match on
 *    the case, then CloseIncident with that id. A repeat meets its own row.
 *  - A resolution is ours when the case's current resolution is such a row.
 */
#ifndef EI
#define EI 2           /* changes of each issue by people */
#endif
#ifndef ES
#define ES 2           /* changes of the case by people */
#endif
#define OPEN 0
#define DONE 1

byte is[2];            /* issues */
byte occasion;         /* how often the rule became true: stands for the changelog entry that made it so */
byte s;                /* case: open or resolved */
byte by;               /* current resolution: 0 none or a person's, else 1 + occasion of ours */
byte rows;             /* bit set of our resolution rows, by occasion */
bool twice;            /* ghost: an occasion has closed the case twice */
byte base;             /* what was last acted on: 0 the rule does not hold, else the occasion of its holding */
byte bs;               /* the case's state then */
byte acc;              /* our rows that have been accounted for */
bool noted;            /* a notice for people instead of an act */
bool moved;
byte ei[2]; byte es;
/* ghosts */
bool byHand;           /* a person has reopened the case after the rule had resolved it, and the rule has not changed since */
bool wf; byte wo; bool wmoved;   /* a close on the wire */
#ifdef BUG_54
byte mirror1;          /* the other issue as last stored here */
#endif

#ifdef BUG_53
#define NOT53 !(a && cs == OPEN)
#else
#define NOT53 true
#endif
#define RULE (is[0] == DONE && is[1] == DONE)

/* the change set reaches Dataverse: guard, then close */
inline close(o, guardFails) {
  if
#if !defined(BUG_51)
  :: guardFails -> skip                                    /* 412 */
#endif
#if !defined(BUG_52)
  :: (rows & (1 << o)) != 0 -> skip                        /* its own row is there already */
#endif
  :: else ->
     if :: (rows & (1 << o)) != 0 -> twice = true :: else fi;
     printf("  close occasion %d: rows %d s %d by %d base %d guardFails %d\n", o, rows, s, by, base, guardFails);
     assert(!byHand || s == DONE);                         /* R1: a case that a person has reopened is not closed over them */
     rows = rows | (1 << o); s = DONE; by = 1 + o; moved = true; byHand = false
  fi
}

proctype Issue(byte i) {
  do
  :: ei[i] < EI ->
     atomic {
       ei[i] = ei[i] + 1;
       printf("  issue %d toggles\n", i);
       if
       :: RULE -> is[i] = OPEN; byHand = false; noted = false
       :: else -> is[i] = 1 - is[i]; if :: RULE -> occasion++; byHand = false; noted = false :: else fi
       fi
     }
  :: break
  od
}

active proctype PersonAtCase() {
  do
  :: es < ES ->
     atomic {
       es++;
       if :: s == OPEN -> s = DONE; by = 0; byHand = false :: else -> byHand = (by != 0 || base == occasion && RULE || RULE && (rows & (1 << occasion)) != 0); s = OPEN; by = 0 fi;
       printf("  person at case: now %d\n", s);
       moved = true; wmoved = true
     }
  :: break
  od
}

active proctype Wire() {
end:
  do
  :: atomic { wf -> close(wo, wmoved); wf = false; wo = 0; wmoved = false }
  :: atomic { wf -> wf = false; wo = 0; wmoved = false }
  od
}

#ifdef LIVE
byte failures;
#define MAYFAIL (failures < 2)
#define FAILED failures++
#else
#define MAYFAIL true
#define FAILED skip
#endif

active proctype Worker() {
  byte a, o, cs, cby, b, act, rr; bool jc, cc;
again:
  skip;
  d_step { cs = s; cby = by; b = base; moved = false };
  d_step {
    a = RULE; o = occasion; rr = rows & ~acc;
#ifdef BUG_54
    a = (is[0] == DONE && mirror1 == DONE);                 /* the sibling from the mirror, which a lost webhook left old */
    if :: is[1] == DONE -> mirror1 = DONE :: else fi;
#endif
    jc = ((a -> o : 0) != b);                               /* the rule's outcome is another than the one acted on */
#ifdef BUG_57
    jc = ((a != 0) != (b != 0));                            /* base without the occasion */
#endif
    cc = (cs != bs || rr != 0 && cs == OPEN);               /* the case has changed; with a row of ours not yet accounted for: reopened */
#ifdef BUG_56
    cc = (cs != bs);
#endif
    act = 0;
    if
#ifdef BUG_53
    :: a && cs == OPEN -> act = 1                           /* as long as the rule holds */
#else
    :: a && jc && !cc && cs == OPEN -> act = 1
    :: a && jc && cc && cs == OPEN && rr == (1 << o) -> act = 2    /* closed for this occasion, and reopened since */
    :: a && jc && cc && cs == OPEN && rr != (1 << o) -> act = 4    /* both have changed: a person decides */
#endif
    :: a && jc && cs == DONE -> act = 2
#ifdef BUG_55
    :: !a && jc && cs == DONE -> act = 3                    /* reopened here because it was reopened there */
#else
    :: !a && jc && cs == DONE -> act = 4                    /* told, not undone */
#endif
    :: !a && jc && cs == OPEN -> act = 2
    :: !jc && (cs != bs || rr != 0) && NOT53 -> act = 2     /* a change in Dynamics only: accounted for */
    :: else
    fi;
    if
    :: act == 0 && !moved && !wf ->
       assert(!twice);                                      /* R2: one occasion closes once */
       assert(!RULE || s == DONE || byHand || noted)        /* R4: resolved, or reopened by a person, or a person is asked */
    :: else
    fi
  };
  if
  :: act == 0 -> goto done
  :: act != 0 && MAYFAIL -> FAILED; goto done
  :: act != 0 -> skip
  fi;
  printf("  run act %d a %d b %d s %d by %d\n", act, a, b, s, by);
  if
  :: act == 1 ->
     if
     :: atomic { close(o, moved) }
     :: atomic { !wf && MAYFAIL -> FAILED; wf = true; wo = o; wmoved = moved }
     fi
  :: act == 2 -> atomic { if :: !moved -> base = (a -> o : 0); bs = cs; acc = rows :: else fi }
  :: act == 3 -> atomic { if :: !moved -> assert(s == OPEN); s = OPEN; by = 0; base = 0; bs = OPEN; acc = rows; byHand = false; moved = true; wmoved = true :: else fi }   /* R3: only people reopen a case */
  :: act == 4 -> atomic { if :: !moved -> base = (a -> o : 0); bs = cs; acc = rows; noted = (a == RULE && o == occasion) :: else fi }
  fi;
done:
  skip;
  d_step { a = 0; o = 0; cs = 0; cby = 0; b = 0; act = 0; rr = 0; jc = false; cc = false };
  goto again
}

init { atomic { run Issue(0); run Issue(1) } }

#ifdef LIVE
ltl settles { <>[] ((!RULE || s == DONE || byHand || noted)) }
#endif
