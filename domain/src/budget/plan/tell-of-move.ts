import { derivedId } from '../../hash/derived-id';
import { moneyFromDecimal } from '../../money/money';
import { moneyText } from '../../money/money-text';
import { IntegrationStatus, OperationType, SourceSystem } from '../../schema/generated/options';
import type { StageGoal, StageReason } from '../stage-gate';
import { stageReasonText } from '../stage-reason-text';
import type { Language } from '../../text/language';
import type { Action } from './actions';
import type { CrmFacts, Instant, OpportunityFacts, ProcessFacts } from './facts';
import { logRow } from './log-row';
import { ownerTask } from './owner-task';
import type { Policy } from './policy';
import { takenBackTexts } from './taken-back-texts';
import { create } from './write-rows';

/**
 * A task for the owner and a log row about a person's move that is taken back, each once a move. The service's own steps on
 * the way back tell nothing more.
 */
export function tellOfMove(
  crm: CrmFacts,
  instance: ProcessFacts,
  opportunity: OpportunityFacts,
  move: { readonly to: StageGoal; readonly reasons: readonly StageReason[] },
  policy: Policy,
  now: Instant,
): Action[] {
  if (instance.writtenByService === true) return [];
  const inWords = (language: Language): readonly string[] =>
    move.reasons.map((reason) =>
      stageReasonText(reason, language, (major) => moneyText(moneyFromDecimal(major, opportunity.currency), language)),
    );
  const language = crm.ownerLanguage ?? 1033;
  const texts = takenBackTexts(move.to, inWords(language), opportunity.name, language);
  const trigger = String(instance.version ?? '');
  return [
    {
      kind: 'dataverse.change-set',
      because: 'a stage move that could not be refused is taken back',
      writes: [
        ownerTask(derivedId(instance.instanceId, 'task', 'taken-back', trigger), texts, opportunity, policy, now),
        create(
          'crmjira_integration_log',
          derivedId(instance.instanceId, 'log', 'taken-back', trigger),
          logRow({
            operation: OperationType.Update,
            source: SourceSystem.Dynamics365,
            sourceId: opportunity.id,
            targetId: crm.mapping?.projectKey ?? null,
            // Not a failure of the integration: somebody went ahead, and was brought back.
            status: IntegrationStatus.Success,
            mapping: crm.mapping?.id ?? null,
            eventType: move.to === 'Finished' ? 'process_reactivated' : 'stage_taken_back',
            message: inWords(1033).join(' '),
          }),
        ),
      ],
    },
  ];
}
