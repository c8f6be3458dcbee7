import { planIssueLink } from '@crmjira/domain';
import { waitsUntil } from '../../../../plugins-proxy/src/capabilities/issues/link/issue-link-module';
import { linkFacts, NOW, POLICY } from '../../../domain/issues/link-facts';

const after = (ms: number): string => new Date(Date.parse(NOW) + ms).toISOString();
const wished = linkFacts({ link: { wanted: 'unlinked', wishedOn: NOW }, stored: { stage: 'unlinking' } });

test('R-1709 an unlink that waits is looked at again, also where its wait ends while the run does: nothing else would look', () => {
  const planned = after(POLICY.wireMs - 1);
  expect(planIssueLink(wished, POLICY, planned)).toEqual([]);
  expect(waitsUntil({ facts: wished, policy: POLICY, at: planned })).toBe(after(POLICY.wireMs));
});

test('R-1709 what is over at the time of the plan has been done by it: nobody looks again and again', () => {
  const planned = after(POLICY.wireMs);
  expect(planIssueLink(wished, POLICY, planned)).not.toEqual([]);
  expect(waitsUntil({ facts: wished, policy: POLICY, at: planned })).toBeNull();
});
