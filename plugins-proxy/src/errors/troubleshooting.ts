import { hints } from './hints';
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
  const rows = Object.entries(hints).map(([topic, { says, symptom }]) => `| ${topic} | ${says} | \`${symptom}\` |`);
  return [
    '# Troubleshooting',
    'Each guide is a walk in the order in which to look; `crmjira doctor --symptom <name>` takes it for you, says what it finds at each step, and ends with exit code 1 when a step fails. Written from `plugins-proxy/src/errors/` by `npm run generate:troubleshooting`; change it there.',
    '## Hints',
    'An error that belongs to one of these says so in its log row and on the command line.',
    ['| error | hint | symptom |', '| --- | --- | --- |', ...rows].join('\n'),
    ...guides,
  ].join('\n\n');
}
