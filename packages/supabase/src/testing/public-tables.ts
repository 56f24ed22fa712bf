/** Every table the API serves, with the columns a user may read; `users: false` where users read nothing. */
export const publicTables: Record<string, { columns: string; users: boolean; workspace: string }> =
  {
    archived_traces: { columns: "*", users: true, workspace: "workspace_id" },
    lineage_links: { columns: "*", users: true, workspace: "workspace_id" },
    memory_items: { columns: "*", users: true, workspace: "workspace_id" },
    migration_batches: { columns: "*", users: false, workspace: "id" },
    migration_replaced_rows: { columns: "*", users: false, workspace: "workspace_id" },
    migration_run_workspaces: { columns: "*", users: false, workspace: "workspace_id" },
    migration_owed_indexes: { columns: "*", users: false, workspace: "index_name" },
    memory_maps: { columns: "*", users: true, workspace: "workspace_id" },
    migration_runs: { columns: "*", users: false, workspace: "id" },
    migration_verifications: { columns: "*", users: false, workspace: "id" },
    reasoning_traces: { columns: "*", users: true, workspace: "workspace_id" },
    retrieval_events: { columns: "*", users: true, workspace: "workspace_id" },
    retrieval_results: { columns: "*", users: true, workspace: "workspace_id" },
    saved_views: { columns: "*", users: true, workspace: "workspace_id" },
    workspace_invitations: {
      columns: "id,workspace_id,email,role,invited_by,created_at,expires_at,accepted_at",
      users: true,
      workspace: "workspace_id",
    },
    workspace_members: { columns: "*", users: true, workspace: "workspace_id" },
    workspaces: { columns: "*", users: true, workspace: "id" },
  }

export const userTables = Object.entries(publicTables).flatMap(([table, { users, ...rest }]) =>
  users ? [{ table, ...rest }] : [],
)
