import type { Labels, ProcessFlowMetadata, ProcessStageMetadata } from '@crmjira/domain';
import { readLabels } from './read-labels';
import { attributeOf, childrenOf, complaint, descendantsOf, textOf, type XmlElement } from './xml-element';

/** Category of a business process flow in a process record. */
const BUSINESS_PROCESS_FLOW = '4';

/** Whether the record of `Workflows/` is a business process flow. */
export function isProcessFlow(record: XmlElement): boolean {
  return textOf(record, 'Category') === BUSINESS_PROCESS_FLOW;
}

/** A business process flow from its record (`.data.xml`) and its definition (`.xaml`). */
export function readProcess(record: XmlElement, definition: XmlElement): ProcessFlowMetadata {
  const stages = composites(definition, 'EntityComposite').flatMap((entity) => {
    const table = /^EntityStep\w*: (\S+)$/.exec(attributeOf(entity, 'DisplayName'))?.[1];
    if (table === undefined) throw complaint(entity, "should be named 'EntityStepN: <table>'");
    return composites(entity, 'StageComposite').map((stage) => readStage(stage, table));
  });
  if (stages.length === 0) throw complaint(definition, 'has no stages');
  for (const stage of stages) {
    const lost = stage.next.find((id) => !stages.some((other) => other.id === id));
    if (lost !== undefined) throw complaint(definition, `stage ${stage.name[1033]} leads to the unknown stage ${lost}`);
  }
  return {
    workflowId: attributeOf(record, 'WorkflowId').replace(/[{}]/g, ''),
    uniqueName: textOf(record, 'UniqueName'),
    name: readLabels(record, 'LocalizedNames', 'LocalizedName'),
    primaryTable: textOf(record, 'PrimaryEntity').toLowerCase(),
    stages,
  };
}

function readStage(stage: XmlElement, table: string): ProcessStageMetadata {
  const id = keyed(stage, 'StageId');
  const straight = findKeyed(stage, 'NextStageId');
  const branches = descendantsOf(stage, 'mcwc:SetNextStage').map((step) => attributeOf(step, 'StageId'));
  return {
    id,
    name: stepLabels(stage),
    category: Number(keyed(stage, 'StageCategory')),
    table,
    steps: composites(stage, 'StepComposite').map((step) => {
      const [control, ...others] = descendantsOf(step, 'mcwb:Control');
      if (control === undefined || others.length > 0) throw complaint(step, 'should hold one control');
      return {
        id: keyed(step, 'ProcessStepId'),
        label: stepLabels(step),
        column: attributeOf(control, 'DataFieldName'),
        required: keyed(step, 'IsProcessRequired') === 'True',
      };
    }),
    next: [...(straight === undefined ? [] : [straight]), ...branches],
  };
}

/** Activity references of one composite class below an element. */
function composites(element: XmlElement, name: string): XmlElement[] {
  return descendantsOf(element, 'mxswa:ActivityReference').filter((reference) =>
    attributeOf(reference, 'AssemblyQualifiedName').includes(`.${name},`),
  );
}

function properties(reference: XmlElement): XmlElement[] {
  return childrenOf(reference, 'mxswa:ActivityReference.Properties').flatMap(({ children }) => children);
}

/** Value of an `x:Key` property; undefined when it is `x:Null`. */
function findKeyed(reference: XmlElement, key: string): string | undefined {
  const property = properties(reference).find(({ attributes }) => attributes['x:Key'] === key);
  if (property === undefined) throw complaint(reference, `has no ${key}`);
  return property.name === 'x:Null' ? undefined : property.text;
}

function keyed(reference: XmlElement, key: string): string {
  const value = findKeyed(reference, key);
  if (value === undefined || value === '') throw complaint(reference, `has an empty ${key}`);
  return value;
}

function stepLabels(reference: XmlElement): Labels {
  const list = properties(reference).find(({ attributes }) => attributes['x:Key'] === 'StepLabels');
  const text = (language: string): string => {
    const label = list?.children.find(({ attributes }) => attributes.LanguageCode === language);
    if (label === undefined) throw complaint(reference, `has no label in ${language}`);
    return attributeOf(label, 'Description');
  };
  return { 1033: text('1033'), 3084: text('3084') };
}
