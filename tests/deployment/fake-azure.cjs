// An `az` with one registry and what app.json deploys. It refuses what Azure refuses: an image without the container's name where there are
// several, an image by tag of another registry, a revision nobody asked for. Everything it is asked lands in the file AZ_STATE.
'use strict';

const { readFileSync, writeFileSync } = require('node:fs');

const file = process.env.AZ_STATE;
const state = JSON.parse(readFileSync(file, 'utf8'));
const words = process.argv.slice(2);
const cut = words.findIndex((word) => word.startsWith('--'));
const command = words.slice(0, cut).join(' ');
const options = {};
for (let at = cut; at < words.length; at += 2) options[words[at]] = words[at + 1];

function refuse(sentence) {
  console.error(`ERROR: ${sentence}`);
  process.exit(1);
}
function need(...names) {
  for (const name of names) if (!options[name]) refuse(`the following arguments are required: ${name}`);
}
function setImage(of) {
  need('--name', '--resource-group', '--image');
  if (options['--name'] !== of.name) refuse(`there is no ${options['--name']}`);
  const named = options['--container-name'] ?? (of.containers.length === 1 ? of.containers[0].name : null);
  if (named === null) refuse('--container-name is required, as there is more than one container');
  const container = of.containers.find(({ name }) => name === named);
  // As the real one: a container of an unknown name would be added.
  if (container) container.image = options['--image'];
  else of.containers.push({ name: named, image: options['--image'] });
}

const commands = {
  'acr build': () => {
    need('--registry', '--image', '--file');
    state.built.push(options);
  },
  'acr repository show': () => {
    if (!state.built.some((one) => one['--image'] === options['--image'])) refuse('there is no such image');
    return state.digest;
  },
  'containerapp update': () => {
    setImage(state.app);
    state.revision = `${state.app.name}--${options['--revision-suffix'] ?? 'by-chance'}`;
  },
  'containerapp show': () => {
    // The former revision takes deliveries until the new one is ready, if it ever is.
    if (state.looksUntilReady-- <= 0) state.ready = state.revision;
    return state.ready;
  },
  'containerapp revision show': () => `${options['--revision']}.example.ca`,
  'containerapp job update': () => setImage(state.job),
  'containerapp job show': () => JSON.stringify({ containers: state.job.containers }),
  'containerapp job start': () => {
    const [container] = JSON.parse(readFileSync(options['--yaml'], 'utf8')).containers;
    state.executions.push(container);
    return `${state.job.name}-${state.executions.length}`;
  },
  'containerapp job execution show': () => {
    if (state.looksUntilEnded-- > 0) return 'Running';
    const [container] = state.executions.slice(-1);
    return container.command.includes(state.failingCommand) ? 'Failed' : 'Succeeded';
  },
};

if (!(command in commands)) refuse(`'${command}' is not an az command`);
const said = commands[command]();
writeFileSync(file, JSON.stringify(state));
if (said !== undefined) console.log(said);
