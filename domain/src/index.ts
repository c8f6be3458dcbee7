export { isAtLeast } from './budget/alert-rank';
export { approvalRow, decisionRow, type WantedApproval } from './budget/approval-rows';
export { amountToAsk } from './budget/amount-to-ask';
export { type Authority, COMMAND_AUTHORITY, OTHER_AUTHORITY, type OtherWish } from './authority/authority';
export { type CapabilityName, capabilityNames, defaultCapabilities } from './authority/capabilities';
export { type Evidence, type Need, NEEDS, unmetNeed } from './authority/needs';
export { nameOfCommand, payloadRefusedText, processBoundText, refusalText } from './authority/refusal-texts';
export {
  type AskedCommand,
  type Asker,
  dependsOnAdministrator,
  isBudgetApproved,
  judgeCommands,
  isDecidedBeforeWin,
  refusedRequest,
} from './budget/refused-wishes';
export type { RefusedCommand, RefusedRequest } from './budget/plan/facts';
export { alertLevel, exceedsProvisioningThreshold } from './budget/thresholds';
export { chooseConnection, type ConnectionRule, type Placement } from './budget/connection-rules';
export { hasReached, remainingBudget, utilization } from './budget/burn';
export { JIRA_STATUS_LABEL, nextBudgetStatus, type StatusInputs } from './budget/budget-status';
export { addDays, addMonths, dayOf, wholeSecond } from './calendar/calendar';
export {
  alertEmailId,
  alertId,
  allocationId,
  alertTaskId,
  approvalMailId,
  derivedId,
  finalReportId,
  jiraIssueRowId,
  jiraProjectRowId,
  monitorDayRowId,
  monitorErrorRowId,
  monitorProjectRowId,
  mappingId,
  opportunityCloseId,
  processInstanceId,
  requestMailId,
  snapshotId,
} from './hash/derived-id';
export { OpportunityState, RowState, TaskState, TaskStatus } from './schema/platform-choices';
export { DomainError } from './domain-error';
export { resolutionRefusedText, resolvedText } from './budget/drift/discrepancy-texts';
export {
  parseResolution,
  RESOLUTION_SIDES,
  RESOLVABLE_FIELDS,
  type ResolutionRequest,
  type ResolvableField,
  type ResolutionSide,
} from './budget/drift/resolve-discrepancy';
export { DRIFT_FIELDS, drift, type DriftEnd, type DriftField, type DriftLine } from './budget/drift/drift';
export { cleanName } from './text/clean-name';
export {
  connectionTroubleText,
  connectionWorksText,
  type ConnectionTrouble,
  notTestableText,
} from './text/connection-test-text';
export {
  type ExplainAnswer,
  type ExplainedField,
  type ExplainedStep,
  type ExplainedTable,
  explainedTables,
  type SilentSide,
  type Standing,
  standings,
} from './explain/answer';
export { fieldText, valueText } from './explain/field-texts';
export { type StandingFacts, standingOf } from './explain/standing';
export { explainText, noRecordText, silentText, standingNextText, standingText } from './explain/standing-texts';
export { stepText } from './step-text';
export { entryOf } from './entry-of';
export { ERASED } from './text/erased';
export { cutText, fitText, textLength } from './text/fit-text';
export { isIssueKey, toIssueKey } from './text/issue-key';
export {
  type Fault,
  faultOf,
  faultOfRow,
  faultTable,
  type FaultTopic,
  remedyOf,
  type Side,
  sides,
} from './faults/fault-table';
export {
  type FailureCode,
  failureSentence,
  failureText,
  failureTexts,
  quotedWords,
  waitingSentence,
} from './faults/failure-texts';
export { wordFailure } from './faults/word-failure';
export { integrationReference } from './budget/integration-reference';
export { DEFAULT_KEY_PATTERN, JIRA_KEY_CANDIDATES, jiraKey } from './budget/jira-key';
export { fitsKeyPattern, type KeyPattern, keyPrefix, parseKeyPattern } from './budget/key-pattern';
export * from './maintenance/baseline';
export * from './maintenance/checklist';
export * from './maintenance/error-signature';
export * from './maintenance/escalation';
export * from './maintenance/histogram';
export * from './maintenance/retention';
export * from './maintenance/task-texts';
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
} from './money/money';
export { type DigestEntry, digestMail } from './budget/mail/digest-mail';
export { requestMail, type RequestedBudget } from './budget/mail/request-mail';
export { heldMail, heldTrigger, type HeldProject } from './budget/mail/held-mail';
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
} from './budget/link/propose-links';
export {
  type CandidateList,
  type ProjectCandidate,
  readCandidates,
  type SearchedConnection,
  searchProjects,
  writeCandidates,
} from './budget/link/project-candidates';
export { type ConnectionAddress, isWebAddress, linkTarget, type LinkTarget } from './budget/link/link-target';
export { isListed, type LinkableProjects, type ListedProjectFacts } from './budget/link/linkable-projects';
export { searchAwayText, searchOffText } from './budget/link/search-texts';
export { moneyText, percentText } from './money/money-text';
export { alertTexts } from './budget/plan/alert-texts';
export { escapeHtml } from './text/escape-html';
export { decisionRefusal, isGranted, isTakenOver } from './budget/plan/approved-amount';
export { taskOfAnother, taskOfNobody } from './budget/plan/administrator-text';
export type { Action, RootIssueFields, RowWrite, StoredRootIssue } from './budget/plan/actions';
export { wishedCurrency } from './budget/plan/approved-amount';
export { askedBy, currentRequest, wasCurrentWhenDecided, type WrittenRequest } from './budget/plan/current-request';
export { type BudgetSourceName, budgetSourceNamed, budgetSourceNames, budgetSources } from './budget/budget-sources';
export * from './budget/plan/facts';
export type { MilestoneFacts } from './budget/plan/milestones-text';
export { type DetailColumn, detailColumns, type ProjectDetails } from './budget/plan/project-details';
export { logRow } from './budget/plan/log-row';
export { wordsOf } from './text/quoted-words';
export { parseSiteId, type SiteId, siteIdText } from './text/site-id';
export { stageFacts } from './budget/plan/stage-facts';
export { plan } from './budget/plan/plan';
export { deletedMappingLog } from './budget/plan/plan-deleted-mapping';
export { isCompletionCalledFor } from './budget/plan/plan-completion';
export { environmentText } from './budget/plan/environment-text';
export { type EnvironmentVerdict, environmentVerdict } from './budget/plan/plan-environment';
export { refusedRequestArgument, refusalLog } from './budget/plan/plan-authority';
export { isHeld } from './budget/plan/plan-holding';
export { snoozeLogId } from './budget/plan/plan-snooze';
export { linkCommand, targetOf } from './budget/plan/plan-linking';
export { teamText } from './budget/plan/plan-team';
export { announceUnseen, isToBeProvisioned } from './budget/plan/plan-provisioning';
export type { Policy } from './budget/plan/policy';
export { projectName } from './budget/plan/project-name';
export * from './schema/generated/options';
export { commandRow } from './schema/command-row';
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
} from './budget/stage-gate';
export { stageReasonText } from './budget/stage-reason-text';
export { fromBase64url, toBase64url } from './secrets/base64url';
export { boundBytes } from './secrets/bound-bytes';
export { sealedSuite } from './secrets/sealed-suite';
export { judgeSealed, type SealedRefusal, sealedLifetimeMs, sealedRefusalText } from './secrets/sealed-refusal';
export {
  hostOf,
  longestSealed,
  longestSecret,
  readSealed,
  type SealedContext,
  sealedHeader,
  sealedInfo,
  type SealedSecret,
  secretBytes,
  writeSealed,
} from './secrets/sealed-secret';
export {
  connectedText,
  connectedTold,
  connectionDeletedText,
  connectionGoneText,
  type ConnectionProblem,
  connectionProblemText,
  connectionProblemTold,
  connectionUsedText,
  isConnectionProblem,
  noPersonalSearchText,
  sitesFoundText,
  type Told,
  unconfirmedAccountText,
} from './time/connection/connection-words';
export {
  openingAtlassianText,
  type SignInOutcome,
  signInOutcomeText,
  signInPageWords,
} from './time/connection/sign-in-words';
export type { Language } from './text/language';
export { successRate, type SuccessRate, successTarget } from './maintenance/success-rate';
export * from './budget/forecast/completion';
export * from './budget/forecast/days';
export * from './budget/forecast/exhaustion';
export * from './budget/forecast/forecast';
export * from './budget/forecast/pace';
export * from './budget/forecast/what-if';
export { type DayTotal, mondayOf, type TimeOfDay, totalWeek, type WeekTotal } from './time/week';
export type * from './issues/actions';
export type {
  ChangelogEntry,
  ConflictEntry,
  Decision,
  FieldBase,
  FieldName,
  FieldValue,
  FoundIssue,
  IssueFacts,
  IssueLinkFacts,
  IssueThere,
  JiraField,
  LinkFacts,
  LinkStage,
  Mark,
  RecordFacts,
  ShownIssue,
  StoredLink,
  Transition,
  Trouble,
} from './issues/facts';
export { isQuiet, lookAgainAt } from './issues/link/plan-life';
export { linkStateOf, newLink, readFrom } from './issues/link/stored-link';
export {
  type DiscoveredProjects,
  discoveryText,
  goesOnText,
  mirroredText,
  noOrganizationText,
  notOfferedText,
} from './issues/discovery/discovery-text';
export {
  type AssignedProjects,
  assignRefusalText,
  type AssignRefusal,
  assignText,
  undoneText,
} from './issues/discovery/assign-text';
export { mayMoveStatus } from './issues/merge/may-move-status';
export { type SettledEntry, undoEntry, type UndoRefusal, UNDO_DAYS } from './issues/merge/undo-entry';
export { planIssueLink } from './issues/plan-issue-link';
export { type ConflictPolicy, DEFAULT_CONFLICTS, type IssuePolicy } from './issues/policy';
export {
  commentDeletedText,
  type CommentFacts,
  type CommentPlace,
  commentPostId,
  commentPosts,
  deletedCommentId,
  type IssueComment,
  planComments,
} from './issues/comments/plan-comments';
export { commentText } from './issues/comments/plain-text';
export { postText } from './issues/texts/post-text';
export { doneChanges, type DoneRules, type StatusChange } from './issues/resolution/done-changes';
export * from './issues/resolution/facts';
export { type RuleState, ruleState } from './issues/resolution/occasion';
export { planResolution, resolutionId } from './issues/resolution/plan-resolution';
export { resolutionSubject, resolutionText } from './issues/texts/resolution-text';
export { decisionRefusedText } from './issues/texts/decision-text';
export { timelineText } from './issues/texts/timeline-text';
export { troubleText } from './issues/texts/trouble-text';
export {
  ALWAYS_SENT,
  type CreateField,
  type CreateFields,
  missingFields,
  readCreateFields,
} from './issues/create/create-fields';
export { fieldInput, type FieldInput, isEnterable } from './issues/create/field-value';
export { PRIORITY_WORDS, type PriorityWord, priorityOfWords, wordOfPriority } from './issues/create/priority-words';
export * from './issues/texts/command-texts';
export { type ContactData, withoutContact } from './issues/describe/without-contact';
export { type MapGaps, mapGaps } from './issues/maps/map-gaps';
export {
  type KnownValues,
  type MapProblem,
  type ParsedMap,
  parseValueMap,
  writeValueMap,
} from './issues/maps/parse-value-map';
export { type NamedPriority, proposePriorities } from './issues/maps/propose-priorities';
export { type JiraStatus, proposeStatuses, type RecordStatus } from './issues/maps/propose-statuses';
export { rowOfJira, type ValueMap, type ValueMapRow } from './issues/maps/value-map';
export {
  type ConnectionPolicy,
  connectionPolicy,
  policyGaps,
  type PolicySettings,
  type PolicyValues,
  type SettingProblem,
  titleLengths,
} from './issues/settings/connection-policy';
export { mapGapText, settingProblemText } from './issues/texts/setting-problem-text';
export { mapProblemText } from './issues/texts/map-problem-text';
export {
  type Block,
  describeRecord,
  type DescribePolicy,
  type IssueSource,
  previewOf,
} from './issues/describe/describe-record';
export { commentMark, commentMarkKey, isCommentMark } from './issues/describe/comment-mark';
export { asLabel, issueLabels } from './issues/describe/issue-labels';
export { createMark, markKey, readCreateMark, readWriteMark, writeMark } from './issues/describe/issue-mark';
export { type RemoteLink, remoteLink, remoteLinkId } from './issues/describe/remote-link';
export { type AdfDocument, type AdfNode, toAdf } from './issues/describe/to-adf';
export { toWiki } from './issues/describe/to-wiki';
export {
  type DayCount,
  type KnownDays,
  type PeriodChange,
  type PeriodFigures,
  type ProductHealth,
  productHealth,
} from './issues/product-health/product-health';
export {
  type OfferedStep,
  planTickets,
  type StoredTickets,
  type TicketAction,
  type TicketFacts,
  type TicketLink,
  type TicketNotice,
} from './issues/errors/plan-tickets';
export {
  noTicketText,
  type OpenTicket,
  type TicketRefusal,
  ticketsAskedText,
  ticketsEndedText,
  ticketText,
} from './issues/errors/ticket-text';
export type { TimeAttempt, TimeChange, TimeEntry, TimeRecordAction } from './time/actions';
export {
  type Arrival,
  type ArrivedRecord,
  arrivedRecordId,
  arrivalReachMs,
  hasChangedSilently,
  type InboundPerson,
  personOfWorklog,
  planArrival,
  type RecordWithoutWorklog,
  takenUpLogId,
  type WorklogAuthor,
  type WorklogState,
} from './time/arrival';
export {
  type CoveredTime,
  newTimeRecord,
  type RecordOfTime,
  type SeenWorklog,
  type StoredTimeRecord,
  type TimePolicy,
  type TimeRecordFacts,
  type TimeTrouble,
  type WorklogFacts,
  type WorklogMark,
} from './time/facts';
export { lookAgainAtTime, planTimeRecord } from './time/plan-time-record';
export { nextActive, whoseAccount } from './time/connection/whose-account';
export { entryRemark, remarkText, storedNote, storedRemark, type TimeRemark, troubleRemark } from './time/texts/remark';
export { checkedKeysText, linkedTimeText } from './time/backfill/backfill-text';
export {
  type CheckedKey,
  type Confidence,
  type EarlierTime,
  findKeys,
  type KeyFinding,
  type Proposal,
  proposalOf,
} from './time/backfill/candidate';
export { type FoundKey, keysInLinks, keysInNotes } from './time/backfill/find-keys';
export {
  inUtc,
  issueMissingText,
  type ReadersTimes,
  removedTimeText,
  syncedTimeText,
  timeTroubleText,
  timeWaitsText,
} from './time/texts/time-text';
export {
  asComment,
  endOf,
  notesOf,
  sameWork,
  secondsBetween,
  timeRecordName,
  toSecond,
  toStarted,
  type Work,
  worklogComment,
  workOf,
} from './time/work';
export { coveredByRemoval, coveredByWrite, keptOfWrite, unaccountedWrite, type WorklogStep } from './time/covered';
export { type DirectoryFault, directoryFaults, directoryFaultWords } from './integrations/faults/directory';
export type { DirectoryAction, DirectoryWish } from './integrations/directory/actions';
export { wishKey } from './integrations/directory/brake';
export { dnKey } from './integrations/directory/dn';
export type {
  DirectoryAnswer,
  DirectoryEntry,
  DirectoryFacts,
  DirectoryGroup,
  DirectoryPerson,
  DirectoryUser,
  GroupMapping,
  IncompleteReason,
  MappedTeam,
  PersonState,
  StoredPerson,
  TeamRole,
} from './integrations/directory/facts';
export { type DirectoryPlan, planDirectory } from './integrations/directory/plan-directory';
export type { TeamOutcome, TeamTrouble } from './integrations/directory/plan-teams';
export {
  type DirectoryFound,
  type DirectoryPreview,
  mostShown,
  mostGroupsShown,
  type ShownMembership,
  type ShownPerson,
  type ShownTeam,
} from './integrations/directory/shown';
export { refuseTeam, type TeamRefusal } from './integrations/directory/team-fitness';
export {
  connectionFault,
  connectionFaultWords,
  type FaultName,
  type NamedFault,
  sayFault,
} from './integrations/faults/connection-fault-words';
export type { ConnectionFault, FaultArgs, FaultSentences } from './integrations/faults/fault-words';
export { deliveryPause, mostInAMinute } from './integrations/notifications/delivery';
export { notificationNames } from './integrations/notifications/message';
export {
  type Notification,
  type NotificationAdapter,
  notificationAdapters,
  type NotificationData,
  type NotificationEvent,
  notificationEvents,
} from './integrations/notifications/notification';
export { notificationBody } from './integrations/notifications/notification-body';
export { isMap } from './integrations/mapping/check-columns';
export { checkMappings, transformNames } from './integrations/mapping/check-mappings';
export {
  type ColumnFacts,
  type ColumnKind,
  type FieldType,
  type KnownFields,
  nothingKnown,
  type TableFacts,
} from './integrations/mapping/columns';
export { type IntegrationSentence, integrationText } from './integrations/save/integration-texts';
export { stillUsedTables, stillUsedText } from './integrations/save/still-used';
export type { NetworkFault } from './integrations/faults/network';
export type { NotificationFault } from './integrations/faults/notification';
export { dueRun, type PastRun, repeatAfterMinutes } from './integrations/schedule/due-run';
export { placeOf } from './integrations/place-of';
export {
  type FieldFacts,
  type RowValue,
  isSettled,
  planRow,
  type RowPlan,
  type RowPolicy,
} from './integrations/rows/plan-row';
export { integrationTemplates, type IntegrationTemplate } from './integrations/templates/templates';
export { heldValue, sentValue, takenValue, typedValue, type TypedValue } from './integrations/rows/column-value';
export { transformed, type WrongValue } from './integrations/rows/transform';
export {
  type EnteredIntegration,
  type EnteredMapping,
  type EnteredProblem,
  type ProviderCode,
  providerCodes,
  type RunAnswer,
  type RunPayload,
  type SaveAnswer,
  type TestAnswer,
  type TryAnswer,
  type TryPayload,
} from './integrations/wire';
