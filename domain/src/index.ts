export { amountToAsk } from './amount-to-ask';
export { type Authority, COMMAND_AUTHORITY, OTHER_AUTHORITY, type OtherWish } from './authority/authority';
export { type Evidence, type Need, NEEDS, unmetNeed } from './authority/needs';
export { nameOfCommand, processBoundText, refusalText } from './authority/refusal-texts';
export {
  type AskedCommand,
  type Asker,
  dependsOnAdministrator,
  isBudgetApproved,
  judgeCommands,
  type RefusedCommand,
  refusedRequest,
  type RefusedRequest,
} from './authority/refused-wishes';
export { alertLevel, exceedsProvisioningThreshold } from './thresholds';
export { hasReached, remainingBudget, utilization } from './burn';
export { JIRA_STATUS_LABEL, nextBudgetStatus, type StatusInputs } from './budget-status';
export { addDays, addMonths, dayOf, wholeSecond } from './calendar';
export {
  alertEmailId,
  alertId,
  allocationId,
  alertTaskId,
  approvalMailId,
  derivedId,
  finalReportId,
  mappingId,
  opportunityCloseId,
  processInstanceId,
  requestMailId,
  snapshotId,
} from './derived-id';
export { DomainError } from './domain-error';
export { resolutionRefusedText, resolvedText } from './drift/discrepancy-texts';
export {
  parseResolution,
  RESOLUTION_SIDES,
  RESOLVABLE_FIELDS,
  type ResolutionRequest,
  type ResolvableField,
  type ResolutionSide,
} from './drift/resolve-discrepancy';
export { DRIFT_FIELDS, drift, type DriftEnd, type DriftField, type DriftLine } from './drift/drift';
export { cleanName } from './clean-name';
export { entryOf } from './entry-of';
export { cutText, fitText, textLength } from './fit-text';
export { type Fault, faultOf, faultTable, type FaultTopic, remedyOf, type Side, sides } from './fault-table';
export {
  type FailureCode,
  failureSentence,
  failureText,
  failureTexts,
  quotedWords,
  waitingSentence,
} from './failure-texts';
export { integrationReference } from './integration-reference';
export { DEFAULT_KEY_PATTERN, JIRA_KEY_CANDIDATES, jiraKey } from './jira-key';
export { fitsKeyPattern, type KeyPattern, keyPrefix, parseKeyPattern } from './key-pattern';
export * from './maintenance/baseline';
export * from './maintenance/checklist';
export * from './maintenance/error-signature';
export * from './maintenance/escalation';
export * from './maintenance/histogram';
export * from './maintenance/retention';
export {
  add,
  compareMoney,
  costOfTime,
  divideRounded,
  equalMoney,
  minorDigits,
  money,
  type Money,
  moneyFromDecimal,
  subtract,
  toDecimal,
  toDecimalText,
  zero,
} from './money';
export { type DigestEntry, digestMail } from './mail/digest-mail';
export { requestMail, type RequestedBudget } from './mail/request-mail';
export { heldMail, heldOccasion, type HeldProject } from './mail/held-mail';
export { alertMail, type ToldAlert } from './mail/alert-mail';
export {
  administratorTaskMail,
  administratorTaskTexts,
  type AdministratorTrouble,
} from './mail/administrator-task-mail';
export {
  LINK_REASONS,
  type LinkProposal,
  type LinkReason,
  proposeLinks,
  type Unlinked,
  type UnmappedProject,
} from './link/propose-links';
export {
  type CandidateList,
  type ProjectCandidate,
  readCandidates,
  searchProjects,
  writeCandidates,
} from './link/project-candidates';
export { isListed, type LinkableProjects, type ListedProjectFacts } from './link/linkable-projects';
export { searchAwayText, searchOffText } from './link/search-texts';
export { moneyText, percentText } from './money-text';
export { alertTexts, escapeHtml } from './plan/alert-texts';
export { decisionRefusal, isGranted, isTakenOver } from './plan/approved-amount';
export { taskOfAnother, taskOfNobody } from './plan/administrator-text';
export type { Action, RootIssueFields, RowWrite, StoredRootIssue } from './plan/actions';
export { wishedCurrency } from './plan/approved-amount';
export { askedBy, currentRequest, wasCurrentWhenDecided, type WrittenRequest } from './plan/current-request';
export * from './plan/facts';
export { logRow } from './plan/log-row';
export { wordsOf } from './quoted-words';
export { stageFacts } from './plan/stage-facts';
export { plan } from './plan/plan';
export { deletedMappingLog } from './plan/plan-deleted-mapping';
export { isCompletionCalledFor } from './plan/plan-completion';
export { environmentText } from './plan/environment-text';
export { type EnvironmentVerdict, environmentVerdict } from './plan/plan-environment';
export { refusedRequestArgument, refusalLog } from './plan/plan-authority';
export { isHeld } from './plan/plan-holding';
export { snoozeLogId } from './plan/plan-snooze';
export { linkCommand } from './plan/plan-linking';
export { teamText } from './plan/plan-team';
export { announceUnseen, isToBeProvisioned } from './plan/plan-provisioning';
export type { Policy } from './plan/policy';
export { projectName } from './plan/project-name';
export * from './schema/generated/options';
export { process } from './schema/generated/process';
export * from './schema/generated/rows';
export { tables } from './schema/generated/tables';
export type * from './schema/table-metadata';
export type { TableRows } from './schema/rows';
export {
  STAGES,
  type Stage,
  type StageFacts,
  type StageGoal,
  type StageReason,
  type StageReasonCode,
  stageGate,
  type StageVerdict,
} from './stage-gate';
export { type Language, stageReasonText } from './stage-reason-text';
export { successRate, type SuccessRate, successTarget } from './success-rate';
export * from './forecast/completion';
export * from './forecast/days';
export * from './forecast/exhaustion';
export * from './forecast/forecast';
export * from './forecast/pace';
export * from './forecast/what-if';
