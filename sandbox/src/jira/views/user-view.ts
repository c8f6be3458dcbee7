import type { UserRow } from '../site/rows';
import { avatarUrls, selfUrl } from './view';
import type { View } from './view';

/** A person inside another object: by `accountId` on Cloud, by `name` and `key` on Data Center. */
export function userView(view: View, userId: string | null) {
  const user = userId === null ? undefined : view.site.users.get(userId);
  if (!user) return null;
  const common = {
    emailAddress: user.email,
    avatarUrls: avatarUrls(view, '/secure/useravatar', user.id),
    displayName: user.displayName,
    active: user.active,
    timeZone: user.timeZone,
  };
  if (view.edition === 'dc')
    return {
      self: selfUrl(view, `/user?username=${encodeURIComponent(user.name)}`),
      name: user.name,
      key: user.key,
      ...common,
    };
  return {
    self: selfUrl(view, `/user?accountId=${encodeURIComponent(user.id)}`),
    accountId: user.id,
    accountType: user.kind,
    ...common,
  };
}

/**
 * A person as an answer of its own, as in `/myself` and `/user`.
 * @param expand `groups` names them; their number is always there
 */
export function userDetailsView(view: View, user: UserRow, expand: ReadonlySet<string>) {
  const groups = user.groups.map((name) => ({
    name,
    self: selfUrl(view, `/group?groupname=${encodeURIComponent(name)}`),
  }));
  return {
    ...userView(view, user.id),
    ...(view.edition === 'dc' ? { deleted: false, lastLoginTime: undefined } : {}),
    locale: 'en_US',
    groups: { size: groups.length, items: expand.has('groups') ? groups : [] },
    applicationRoles: { size: 1, items: [] },
    expand: 'groups,applicationRoles',
  };
}
