import { environmentText, environmentVerdict } from '@crmjira/domain';
import { IntegrationError } from '../errors/integration-error';

export interface Organizations {
  whoAmI(): Promise<{ readonly organizationId: string }>;
  connectionOrganizationId(): Promise<string | null>;
}

/** The connection writes to Jira for another environment than this one (R-2302). */
export class EnvironmentMoved extends IntegrationError {
  constructor(other: string) {
    super(environmentText(other, 1033), { code: 'environment-moved', errorClass: 'configuration' });
    this.name = 'EnvironmentMoved';
  }
}

/**
 * Stands before every write to Jira, whoever asks for it. While Dataverse can not be asked, what it said last holds; before it has
 * said anything, nothing is written.
 * @throws EnvironmentMoved in a copied environment whose move nobody has confirmed
 */
export function guardJiraWrites(organizations: Organizations): () => Promise<void> {
  let allowed = false;
  return async () => {
    let claimed: string | null;
    let current: string;
    try {
      [{ organizationId: current }, claimed] = await Promise.all([
        organizations.whoAmI(),
        organizations.connectionOrganizationId(),
      ]);
    } catch (error) {
      if (allowed) return;
      throw error;
    }
    allowed = environmentVerdict(claimed, current) !== 'moved';
    if (!allowed) throw new EnvironmentMoved(claimed ?? '');
  };
}
