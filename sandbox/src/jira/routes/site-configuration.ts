import type { Api } from '../api';
import { pageOf } from '../api';

/** hours and days that durations are counted in: `readDuration` counts the same */
const timeTracking = {
  workingHoursPerDay: 8,
  workingDaysPerWeek: 5,
  timeFormat: 'pretty',
  defaultUnit: 'minute',
} as const;

/** What is switched on for the whole site, and its labels. */
export function registerSiteConfiguration(api: Api): void {
  api.get('/configuration', (call) => {
    call.user();
    return {
      votingEnabled: true,
      watchingEnabled: true,
      unassignedIssuesAllowed: true,
      subTasksEnabled: true,
      issueLinkingEnabled: true,
      timeTrackingEnabled: true,
      attachmentsEnabled: true,
      timeTrackingConfiguration: timeTracking,
    };
  });
  api.get('/configuration/timetracking/options', (call) => {
    call.admin();
    return timeTracking;
  });
  api.get(
    '/label',
    (call) => {
      const labels = call.anonymous ? [] : [...new Set(call.site.issues.all().flatMap((issue) => issue.labels))].sort();
      return pageOf(call, labels, call.queryNumber('startAt', 0), call.queryNumber('maxResults', 1000));
    },
    { only: 'cloud' },
  );
}
