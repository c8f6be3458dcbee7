import type { ProcessFlowMetadata } from '@crmjira/domain';
import { guidOf } from '../guid';
import type { InstalledSolution } from '../import/installed-solution';
import type { Schema } from '../metadata/schema';
import { pointer, type SeedRow } from './seed-row';

const variableType = {
  String: 100000000,
  Number: 100000001,
  Boolean: 100000002,
  JSON: 100000003,
  Secret: 100000005,
} as const;

/** Publishers, solutions, environment variables and process flows, as an import would leave them. */
export function solutionRows(schema: Schema, installed: readonly InstalledSolution[]): readonly SeedRow[] {
  return [
    ...installed.filter(({ isContainerDeleted }) => isContainerDeleted !== true).flatMap(containerRows),
    ...schema.solution.environmentVariables.map((variable) => ({
      table: 'environmentvariabledefinition',
      row: {
        environmentvariabledefinitionid: guidOf(`variable:${variable.schemaName}`),
        schemaname: variable.schemaName,
        displayname: variable.displayName[1033],
        defaultvalue: variable.defaultValue,
        type: variableType[variable.type],
      },
    })),
    ...schema.processFlows.flatMap(flowRows),
  ];
}

function containerRows(solution: InstalledSolution): readonly SeedRow[] {
  const { publisher } = solution;
  const publisherId = guidOf(`publisher:${publisher.uniqueName}`);
  return [
    {
      table: 'publisher',
      row: {
        publisherid: publisherId,
        uniquename: publisher.uniqueName,
        friendlyname: publisher.friendlyName,
        customizationprefix: publisher.prefix,
        customizationoptionvalueprefix: publisher.optionValuePrefix,
      },
    },
    {
      table: 'solution',
      row: {
        solutionid: guidOf(`solution:${solution.uniqueName}`),
        uniquename: solution.uniqueName,
        friendlyname: solution.friendlyName,
        description: solution.description === '' ? null : solution.description,
        version: solution.version,
        ismanaged: solution.isManaged,
        isvisible: true,
        installedon: solution.installedOn,
        publisherid: pointer('publisher', publisherId),
      },
    },
  ];
}

function flowRows(flow: ProcessFlowMetadata): readonly SeedRow[] {
  return [
    {
      table: 'workflow',
      row: {
        workflowid: flow.workflowId,
        name: flow.name[1033],
        uniquename: flow.uniqueName,
        category: 4,
        type: 1,
        primaryentity: flow.primaryTable,
        statecode: 1,
        statuscode: 2,
      },
    },
    ...flow.stages.map((stage) => ({
      table: 'processstage',
      row: {
        processstageid: stage.id,
        stagename: stage.name[1033],
        processid: pointer('workflow', flow.workflowId),
        primaryentitytypecode: stage.table,
        stagecategory: stage.category,
        clientdata: JSON.stringify({ steps: stage.steps }),
      },
    })),
  ];
}
