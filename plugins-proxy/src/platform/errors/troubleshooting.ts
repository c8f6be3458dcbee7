import { faultTable } from '@crmjira/domain';
import { symptomOf } from './hints';
import { symptoms } from './symptoms';

/** docs/troubleshooting.md out of the table that `doctor` walks, so that the guide and the check never differ. Pure. */
export function troubleshootingText(): string {
  const guides = symptoms.map(({ id, title, signs, steps, afterwards, requirements }) =>
    [
      `## ${title}`,
      `\`crmjira doctor --symptom ${id}\` (${requirements.join(', ')}). Signs: ${signs.join('; ')}.`,
      steps.map(({ looks, cause, remedy }, n) => `${n + 1}. **${looks}.** ${cause} → ${remedy}`).join('\n'),
      afterwards.map((text) => `- ${text}`).join('\n'),
    ].join('\n\n'),
  );
  const rows = faultTable.map(({ code, status, topic, remedy }) => {
    const walk = topic === null ? '' : `\`${symptomOf[topic]}\``;
    return `| \`${code}\` | ${status?.join(', ') ?? ''} | ${remedy[1033]} | ${walk} |`;
  });
  return [
    '# Troubleshooting',
    'Each guide is a walk in the order in which to look; `crmjira doctor --symptom <name>` takes it for you, says what it finds at each step, and ends with exit code 1 when a step fails. Written from `plugins-proxy/src/platform/errors/` by `npm run generate:troubleshooting`; change it there.',
    '## Faults',
    'What to do about what was observed: log rows, `/health`, `doctor`, maintenance, the command line and mails say it. A row with a status is for that answer alone.',
    ['| code | answer | what to do | symptom |', '| --- | --- | --- | --- |', ...rows].join('\n'),
    ...guides,
  ].join('\n\n');
}
