import { environmentText, environmentVerdict } from '@crmjira/domain';
import { IntegrationError } from '../../platform/errors/integration-error';

export interface Organizations {
  whoAmI(): Promise<{ readonly organizationId: string }>;
  connectionOrganizationId(): Promise<string | null>;
  /** Organization that owns linked projects in Jira and is not `current`; null when there is none. Asked while nobody has claimed the connection. */
  foreignOwner(current: string): Promise<string | null>;
}

/** The connection writes to Jira for another environment than this one (R-2302). */
export class EnvironmentMoved extends IntegrationError {
  constructor(other: string) {
    super(environmentText(other, 1033), { code: 'environment-moved', errorClass: 'configuration' });
    this.name = 'EnvironmentMoved';
  }
}

/** The organization that Jira is written to for, where it is not ours; null where we may write. */
async function otherOrganization(organizations: Organizations): Promise<string | null> {
  const [{ organizationId: current }, claimed] = await Promise.all([
    organizations.whoAmI(),
    organizations.connectionOrganizationId(),
  ]);
  const verdict = environmentVerdict(claimed, current);
  if (verdict === 'unclaimed') return organizations.foreignOwner(current);
  return verdict === 'moved' ? claimed : null;
}

/**
 * Stands before every write to Jira, whoever asks for it. While Dataverse cannot be asked, what it said last holds; before it has
 * said anything, nothing is written.
 * @throws EnvironmentMoved in a copied environment whose move nobody has confirmed
 */
export function guardJiraWrites(organizations: Organizations): () => Promise<void> {
  let allowed = false;
  return async () => {
    let other: string | null;
    try {
      other = await otherOrganization(organizations);
    } catch (error) {
      if (allowed) return;
      throw error;
    }
    allowed = other === null;
    if (other !== null) throw new EnvironmentMoved(other);
  };
}
