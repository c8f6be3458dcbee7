import type { ProcessFlowMetadata } from '@crmjira/domain';
import { guidOf } from '../guid';
import type { Schema } from '../metadata/schema';
import { pointer, type SeedRow } from './seed-row';

const variableType = {
  String: 100000000,
  Number: 100000001,
  Boolean: 100000002,
  JSON: 100000003,
  Secret: 100000005,
} as const;

/** Publisher, solution, environment variables and process flows, as an import would leave them. */
export function solutionRows(schema: Schema): readonly SeedRow[] {
  const { solution } = schema;
  const publisherId = guidOf(`publisher:${solution.uniqueName}`);
  return [
    {
      table: 'publisher',
      row: {
        publisherid: publisherId,
        uniquename: solution.uniqueName,
        friendlyname: 'CRM-JIRA',
        customizationprefix: 'crmjira',
      },
    },
    {
      table: 'solution',
      row: {
        solutionid: guidOf(`solution:${solution.uniqueName}`),
        uniquename: solution.uniqueName,
        friendlyname: 'CRM-JIRA Integration',
        version: solution.version,
        ismanaged: false,
        isvisible: true,
        publisherid: pointer('publisher', publisherId),
      },
    },
    ...solution.environmentVariables.map((variable) => ({
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
