/** Issues that one call to Jira brings, as the mirror asks for them. */
const ISSUES_A_CALL = 100;
/** What a call and the writing of its issues take together, reckoned for slow sides: the stand-ins of the bench need 0.2. */
const SECONDS_A_CALL = 6;

/** Calls that a whole reading takes, about: the last page of a project is not full. Pure. */
export const callsToRead = ({ projects, issues }: { readonly projects: number; readonly issues: number }): number =>
  projects + Math.ceil(issues / ISSUES_A_CALL);

/** Minutes that it takes, one at least. Pure. */
export const minutesToRead = (size: { readonly projects: number; readonly issues: number }): number =>
  Math.max(1, Math.ceil((callsToRead(size) * SECONDS_A_CALL) / 60));
