/** One condition of a function of the schema `private`, and what it becomes. */
export type FunctionEdit = { name: string; from: string; to: string }

const edit = (name: string, from: string, to: string): FunctionEdit => ({ name, from, to })

/** What a function's own lines have to hold back; each is taken away in turn. */
export const functionEdits: readonly FunctionEdit[] = [
  edit("require_role", "if (", "if false and ("),
  edit("my_workspaces_as", "where m.user_id = (select private.caller_id())", "where true"),
  edit("my_workspaces_as", "and not (select private.caller_is_anonymous())", ""),
  edit(
    "my_workspaces_as",
    "when 'editor' then array['editor', 'owner']",
    "when 'editor' then array['viewer', 'editor', 'owner']",
  ),
  edit(
    "my_workspaces_as",
    "when 'owner' then array['owner']",
    "when 'owner' then array['editor', 'owner']",
  ),
  edit(
    "my_workspaces_as",
    "when 'viewer' then array['viewer', 'editor', 'owner']",
    "when 'viewer' then array['editor', 'owner']",
  ),
  edit("my_workspaces", "'viewer'", "'editor'"),
  edit("caller_is_trusted", "r.rolsuper or r.rolbypassrls", "true"),
  edit("caller_is_trusted", "r.rolsuper or r.rolbypassrls", "false"),
  edit("caller_is_anonymous", "return coalesce(", "return false and coalesce("),
  edit("keep_an_owner", "if ownerless is not null", "if false"),
  edit("keep_an_owner", "and exists (select from auth.users as u where u.id = f.user_id)", ""),
  edit("create_workspace", "or private.caller_is_anonymous()", ""),
  edit("create_workspace", "creator, 'owner'", "creator, 'viewer'"),
  edit(
    "delete_workspace",
    "confirm_name is distinct from actual_name",
    "confirm_name <> actual_name",
  ),
  edit("delete_workspace", "confirm_name is distinct from actual_name", "false"),
  edit("add_invitation", "address !~ '\\s'", "true"),
  edit("add_invitation", "token_hash = excluded.token_hash,", ""),
  edit(
    "add_invitation",
    "pg_catalog.sha256(pg_catalog.convert_to(new_token, 'UTF8'))",
    "pg_catalog.sha256('')",
  ),
  edit("add_invitation", "interval '30 days'", "interval '300 days'"),
  edit("confirmed_account", "and u.email_confirmed_at is not null", ""),
  edit("add_member", "where private.role_rank(m.role) < private.role_rank(excluded.role)", ""),
  edit("accept_invitation", "or private.caller_is_anonymous()", ""),
  edit("accept_invitation", "and u.email_confirmed_at is not null", ""),
  edit("accept_invitation", "and i.email = pg_catalog.lower(u.email)", ""),
  edit(
    "accept_invitation",
    "and i.token_hash = pg_catalog.sha256(pg_catalog.convert_to(accept_invitation.token, 'UTF8'))",
    "",
  ),
  edit("accept_invitation", "and i.accepted_at is null", ""),
  edit("accept_invitation", "and i.expires_at > pg_catalog.now()", ""),
  edit("search_scope", "where w.id = any (workspace_filter)", ""),
  edit("search_scope", "if all_workspaces is true then", "if true then"),
  edit("match_keywords", "when private.caller_is_trusted() then scope", "when true then scope"),
  edit("record_retrieval", "case when w.records_query_text", "case when true"),
  edit("record_retrieval", "interval '1 minute'", "interval '1 year'"),
  edit("mark_retrieval", "or e.user_id = private.caller_id()", "or true"),
  edit("check_retention_days", "between 1 and", "between 0 and"),
  edit("check_match_count", "between 1 and 1000", "between 1 and 10000000"),
  edit(
    "delete_old_traces",
    "t.created_at < retention_cutoff",
    "t.created_at is distinct from now()",
  ),
  edit("delete_old_traces", "if dry_run is not false", "if dry_run"),
  edit("children_of", "l.workspace_id = p.workspace_id or", "true or"),
  edit("find_kin", "and f.direction in ('self', side)", "and false"),
  edit(
    "nearest_rows",
    "exact_limit constant bigint := 4000",
    "exact_limit constant bigint := 3999",
  ),
  edit(
    "nearest_rows",
    "exact_limit constant bigint := 4000",
    "exact_limit constant bigint := 4001",
  ),
  edit("nearest_rows", "cardinality(nearest) >= 2 * match_count", "cardinality(nearest) >= 0"),
  edit("statistics_corrections", "-k.row_count", "0"),
]
