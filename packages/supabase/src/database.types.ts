// Generated from supabase/migrations by `pnpm db:types`; change those instead.

export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  public: {
    Tables: {
      archived_traces: {
        Row: {
          archived_at: string
          archived_by: string | null
          id: string
          lineage_links: NonNullable<Json>
          memory_items: NonNullable<Json>
          trace: NonNullable<Json>
          workspace_id: string
        }
        ComputedFields: never
        Insert: {
          archived_at?: string
          archived_by?: string | null
          id: string
          lineage_links: NonNullable<Json>
          memory_items: NonNullable<Json>
          trace: NonNullable<Json>
          workspace_id: string
        }
        Update: {
          archived_at?: string
          archived_by?: string | null
          id?: string
          lineage_links?: NonNullable<Json>
          memory_items?: NonNullable<Json>
          trace?: NonNullable<Json>
          workspace_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "archived_traces_workspace_id_fkey"
            columns: ["workspace_id"]
            isOneToOne: false
            referencedRelation: "workspaces"
            referencedColumns: ["id"]
          },
        ]
      }
      lineage_links: {
        Row: {
          child_id: string
          child_kind: string
          ordinal: number
          relation: string
          source_reference: string | null
          target_id: string
          target_kind: string
          workspace_id: string
        }
        ComputedFields: never
        Insert: {
          child_id: string
          child_kind: string
          ordinal: number
          relation: string
          source_reference?: string | null
          target_id: string
          target_kind: string
          workspace_id: string
        }
        Update: {
          child_id?: string
          child_kind?: string
          ordinal?: number
          relation?: string
          source_reference?: string | null
          target_id?: string
          target_kind?: string
          workspace_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "lineage_links_workspace_id_fkey"
            columns: ["workspace_id"]
            isOneToOne: false
            referencedRelation: "workspaces"
            referencedColumns: ["id"]
          },
        ]
      }
      memory_items: {
        Row: {
          content: string
          content_embedding: string | null
          created_at: string | null
          description: string | null
          difficulty_level: string | null
          domain_category: string | null
          embedding_is_stale: boolean
          embedding_model: string | null
          embedding_status: string
          error_context: Json | null
          evolution_stage: number
          extras: NonNullable<Json>
          id: string
          inserted_at: string
          migrated_digest: string | null
          migration_run_id: string | null
          notes: NonNullable<Json>
          ordinal: number
          pattern_tags: string[] | null
          search_document: unknown
          source_created_at: string | null
          source_embedding: string | null
          source_embedding_model: string | null
          source_id: string | null
          title: string
          trace_id: string | null
          updated_at: string
          workspace_id: string
        }
        ComputedFields: never
        Insert: {
          content: string
          content_embedding?: string | null
          created_at?: string | null
          description?: string | null
          difficulty_level?: string | null
          domain_category?: string | null
          embedding_is_stale?: boolean
          embedding_model?: string | null
          embedding_status?: string
          error_context?: Json | null
          evolution_stage?: number
          extras?: NonNullable<Json>
          id?: string
          inserted_at?: string
          migrated_digest?: string | null
          migration_run_id?: string | null
          notes?: NonNullable<Json>
          ordinal?: number
          pattern_tags?: string[] | null
          search_document?: never
          source_created_at?: string | null
          source_embedding?: string | null
          source_embedding_model?: string | null
          source_id?: string | null
          title: string
          trace_id?: string | null
          updated_at?: string
          workspace_id: string
        }
        Update: {
          content?: string
          content_embedding?: string | null
          created_at?: string | null
          description?: string | null
          difficulty_level?: string | null
          domain_category?: string | null
          embedding_is_stale?: boolean
          embedding_model?: string | null
          embedding_status?: string
          error_context?: Json | null
          evolution_stage?: number
          extras?: NonNullable<Json>
          id?: string
          inserted_at?: string
          migrated_digest?: string | null
          migration_run_id?: string | null
          notes?: NonNullable<Json>
          ordinal?: number
          pattern_tags?: string[] | null
          search_document?: never
          source_created_at?: string | null
          source_embedding?: string | null
          source_embedding_model?: string | null
          source_id?: string | null
          title?: string
          trace_id?: string | null
          updated_at?: string
          workspace_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "memory_items_workspace_id_fkey"
            columns: ["workspace_id"]
            isOneToOne: false
            referencedRelation: "workspaces"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "memory_items_workspace_id_trace_id_fkey"
            columns: ["workspace_id", "trace_id"]
            isOneToOne: false
            referencedRelation: "reasoning_traces"
            referencedColumns: ["workspace_id", "id"]
          },
        ]
      }
      memory_maps: {
        Row: {
          computed_at: string
          embedding_model: string
          ids: string[]
          method: string
          source_digest: string
          source_vectors: number
          workspace_id: string
          x: number[]
          y: number[]
        }
        ComputedFields: never
        Insert: {
          computed_at?: string
          embedding_model: string
          ids: string[]
          method: string
          source_digest: string
          source_vectors: number
          workspace_id: string
          x: number[]
          y: number[]
        }
        Update: {
          computed_at?: string
          embedding_model?: string
          ids?: string[]
          method?: string
          source_digest?: string
          source_vectors?: number
          workspace_id?: string
          x?: number[]
          y?: number[]
        }
        Relationships: [
          {
            foreignKeyName: "memory_maps_workspace_id_fkey"
            columns: ["workspace_id"]
            isOneToOne: false
            referencedRelation: "workspaces"
            referencedColumns: ["id"]
          },
        ]
      }
      migration_batches: {
        Row: {
          committed_at: string
          fingerprint: string | null
          id: number
          rows: number
          run_id: string
          written: number
        }
        ComputedFields: never
        Insert: {
          committed_at?: string
          fingerprint?: string | null
          id?: never
          rows: number
          run_id: string
          written: number
        }
        Update: {
          committed_at?: string
          fingerprint?: string | null
          id?: never
          rows?: number
          run_id?: string
          written?: number
        }
        Relationships: [
          {
            foreignKeyName: "migration_batches_run_id_fkey"
            columns: ["run_id"]
            isOneToOne: false
            referencedRelation: "migration_runs"
            referencedColumns: ["id"]
          },
        ]
      }
      migration_owed_indexes: {
        Row: {
          definition: string
          dropped_at: string
          index_name: string
          run_id: string
          table_name: string
        }
        ComputedFields: never
        Insert: {
          definition: string
          dropped_at?: string
          index_name: string
          run_id: string
          table_name: string
        }
        Update: {
          definition?: string
          dropped_at?: string
          index_name?: string
          run_id?: string
          table_name?: string
        }
        Relationships: []
      }
      migration_replaced_rows: {
        Row: {
          id: string
          kind: string
          replaced_links: NonNullable<Json>
          replaced_row: NonNullable<Json>
          replaced_run_id: string | null
          run_id: string
          workspace_id: string
        }
        ComputedFields: never
        Insert: {
          id: string
          kind: string
          replaced_links: NonNullable<Json>
          replaced_row: NonNullable<Json>
          replaced_run_id?: string | null
          run_id: string
          workspace_id: string
        }
        Update: {
          id?: string
          kind?: string
          replaced_links?: NonNullable<Json>
          replaced_row?: NonNullable<Json>
          replaced_run_id?: string | null
          run_id?: string
          workspace_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "migration_replaced_rows_run_id_fkey"
            columns: ["run_id"]
            isOneToOne: false
            referencedRelation: "migration_runs"
            referencedColumns: ["id"]
          },
        ]
      }
      migration_run_workspaces: {
        Row: {
          conflicts: number
          is_new: boolean
          memory_items: number
          run_id: string
          traces: number
          updated: number
          workspace_id: string
          written: number
        }
        ComputedFields: never
        Insert: {
          conflicts?: number
          is_new?: boolean
          memory_items?: number
          run_id: string
          traces?: number
          updated?: number
          workspace_id: string
          written?: number
        }
        Update: {
          conflicts?: number
          is_new?: boolean
          memory_items?: number
          run_id?: string
          traces?: number
          updated?: number
          workspace_id?: string
          written?: number
        }
        Relationships: [
          {
            foreignKeyName: "migration_run_workspaces_run_id_fkey"
            columns: ["run_id"]
            isOneToOne: false
            referencedRelation: "migration_runs"
            referencedColumns: ["id"]
          },
        ]
      }
      migration_runs: {
        Row: {
          finished_at: string | null
          id: string
          interrupted_at: string | null
          lease_expires_at: string | null
          lease_holder: Json | null
          lease_token: string | null
          options: NonNullable<Json>
          options_digest: string | null
          phase: string | null
          progress: Json | null
          report: Json | null
          rolled_back_at: string | null
          schema_version: string | null
          source_identity: string
          source_kind: string
          source_location: string
          source_snapshot: string | null
          source_timezone: string
          started_at: string
          status: string
        }
        ComputedFields: never
        Insert: {
          finished_at?: string | null
          id: string
          interrupted_at?: string | null
          lease_expires_at?: string | null
          lease_holder?: Json | null
          lease_token?: string | null
          options?: NonNullable<Json>
          options_digest?: string | null
          phase?: string | null
          progress?: Json | null
          report?: Json | null
          rolled_back_at?: string | null
          schema_version?: string | null
          source_identity: string
          source_kind: string
          source_location: string
          source_snapshot?: string | null
          source_timezone: string
          started_at?: string
          status?: string
        }
        Update: {
          finished_at?: string | null
          id?: string
          interrupted_at?: string | null
          lease_expires_at?: string | null
          lease_holder?: Json | null
          lease_token?: string | null
          options?: NonNullable<Json>
          options_digest?: string | null
          phase?: string | null
          progress?: Json | null
          report?: Json | null
          rolled_back_at?: string | null
          schema_version?: string | null
          source_identity?: string
          source_kind?: string
          source_location?: string
          source_snapshot?: string | null
          source_timezone?: string
          started_at?: string
          status?: string
        }
        Relationships: []
      }
      migration_verifications: {
        Row: {
          binding: string
          checkpoint: string | null
          finished_at: string | null
          id: string
          report: Json | null
          source_identity: string
          started_at: string
          status: string
          updated_at: string
        }
        ComputedFields: never
        Insert: {
          binding: string
          checkpoint?: string | null
          finished_at?: string | null
          id: string
          report?: Json | null
          source_identity: string
          started_at?: string
          status?: string
          updated_at?: string
        }
        Update: {
          binding?: string
          checkpoint?: string | null
          finished_at?: string | null
          id?: string
          report?: Json | null
          source_identity?: string
          started_at?: string
          status?: string
          updated_at?: string
        }
        Relationships: []
      }
      reasoning_traces: {
        Row: {
          content_digest: string | null
          created_at: string | null
          embedding_model: string | null
          embedding_status: string
          extras: NonNullable<Json>
          id: string
          inserted_at: string
          metadata: NonNullable<Json>
          migrated_digest: string | null
          migration_run_id: string | null
          notes: NonNullable<Json>
          outcome: string | null
          source_created_at: string | null
          source_embedding: string | null
          source_embedding_model: string | null
          source_id: string | null
          task: string
          task_embedding: string | null
          trajectory: Json | null
          updated_at: string
          workspace_id: string
        }
        ComputedFields: never
        Insert: {
          content_digest?: string | null
          created_at?: string | null
          embedding_model?: string | null
          embedding_status?: string
          extras?: NonNullable<Json>
          id?: string
          inserted_at?: string
          metadata?: NonNullable<Json>
          migrated_digest?: string | null
          migration_run_id?: string | null
          notes?: NonNullable<Json>
          outcome?: string | null
          source_created_at?: string | null
          source_embedding?: string | null
          source_embedding_model?: string | null
          source_id?: string | null
          task: string
          task_embedding?: string | null
          trajectory?: Json | null
          updated_at?: string
          workspace_id: string
        }
        Update: {
          content_digest?: string | null
          created_at?: string | null
          embedding_model?: string | null
          embedding_status?: string
          extras?: NonNullable<Json>
          id?: string
          inserted_at?: string
          metadata?: NonNullable<Json>
          migrated_digest?: string | null
          migration_run_id?: string | null
          notes?: NonNullable<Json>
          outcome?: string | null
          source_created_at?: string | null
          source_embedding?: string | null
          source_embedding_model?: string | null
          source_id?: string | null
          task?: string
          task_embedding?: string | null
          trajectory?: Json | null
          updated_at?: string
          workspace_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "reasoning_traces_workspace_id_fkey"
            columns: ["workspace_id"]
            isOneToOne: false
            referencedRelation: "workspaces"
            referencedColumns: ["id"]
          },
        ]
      }
      retrieval_events: {
        Row: {
          backend: string
          database_ms: number | null
          embedding_ms: number | null
          error_code: string | null
          id: string
          match_count: number
          occurred_at: string
          query_hash: string | null
          query_text: string | null
          result_count: number
          search_kind: string
          served_trace_id: string | null
          total_ms: number | null
          user_id: string | null
          workspace_id: string
        }
        ComputedFields: never
        Insert: {
          backend: string
          database_ms?: number | null
          embedding_ms?: number | null
          error_code?: string | null
          id?: string
          match_count: number
          occurred_at?: string
          query_hash?: string | null
          query_text?: string | null
          result_count: number
          search_kind: string
          served_trace_id?: string | null
          total_ms?: number | null
          user_id?: string | null
          workspace_id: string
        }
        Update: {
          backend?: string
          database_ms?: number | null
          embedding_ms?: number | null
          error_code?: string | null
          id?: string
          match_count?: number
          occurred_at?: string
          query_hash?: string | null
          query_text?: string | null
          result_count?: number
          search_kind?: string
          served_trace_id?: string | null
          total_ms?: number | null
          user_id?: string | null
          workspace_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "retrieval_events_workspace_id_fkey"
            columns: ["workspace_id"]
            isOneToOne: false
            referencedRelation: "workspaces"
            referencedColumns: ["id"]
          },
        ]
      }
      retrieval_results: {
        Row: {
          event_id: string
          is_helpful: boolean | null
          rank: number
          result_id: string
          score: number | null
          workspace_id: string
        }
        ComputedFields: never
        Insert: {
          event_id: string
          is_helpful?: boolean | null
          rank: number
          result_id: string
          score?: number | null
          workspace_id: string
        }
        Update: {
          event_id?: string
          is_helpful?: boolean | null
          rank?: number
          result_id?: string
          score?: number | null
          workspace_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "retrieval_results_workspace_id_event_id_fkey"
            columns: ["workspace_id", "event_id"]
            isOneToOne: false
            referencedRelation: "retrieval_events"
            referencedColumns: ["workspace_id", "id"]
          },
        ]
      }
      saved_views: {
        Row: {
          created_at: string
          id: string
          name: string
          page: string
          query: string
          user_id: string
          workspace_id: string
        }
        ComputedFields: never
        Insert: {
          created_at?: string
          id?: string
          name: string
          page: string
          query: string
          user_id: string
          workspace_id: string
        }
        Update: {
          created_at?: string
          id?: string
          name?: string
          page?: string
          query?: string
          user_id?: string
          workspace_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "saved_views_workspace_id_fkey"
            columns: ["workspace_id"]
            isOneToOne: false
            referencedRelation: "workspaces"
            referencedColumns: ["id"]
          },
        ]
      }
      workspace_invitations: {
        Row: {
          accepted_at: string | null
          created_at: string
          email: string
          expires_at: string
          id: string
          invited_by: string | null
          role: string
          token_hash: string
          workspace_id: string
        }
        ComputedFields: never
        Insert: {
          accepted_at?: string | null
          created_at?: string
          email: string
          expires_at: string
          id?: string
          invited_by?: string | null
          role: string
          token_hash: string
          workspace_id: string
        }
        Update: {
          accepted_at?: string | null
          created_at?: string
          email?: string
          expires_at?: string
          id?: string
          invited_by?: string | null
          role?: string
          token_hash?: string
          workspace_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "workspace_invitations_workspace_id_fkey"
            columns: ["workspace_id"]
            isOneToOne: false
            referencedRelation: "workspaces"
            referencedColumns: ["id"]
          },
        ]
      }
      workspace_members: {
        Row: {
          created_at: string
          role: string
          user_id: string
          workspace_id: string
        }
        ComputedFields: never
        Insert: {
          created_at?: string
          role: string
          user_id: string
          workspace_id: string
        }
        Update: {
          created_at?: string
          role?: string
          user_id?: string
          workspace_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "workspace_members_workspace_id_fkey"
            columns: ["workspace_id"]
            isOneToOne: false
            referencedRelation: "workspaces"
            referencedColumns: ["id"]
          },
        ]
      }
      workspaces: {
        Row: {
          created_at: string
          id: string
          name: string
          records_query_text: boolean
        }
        ComputedFields: never
        Insert: {
          created_at?: string
          id: string
          name: string
          records_query_text?: boolean
        }
        Update: {
          created_at?: string
          id?: string
          name?: string
          records_query_text?: boolean
        }
        Relationships: []
      }
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      accept_invitation: { Args: { token: string }; Returns: string }
      add_trace: { Args: { document: string }; Returns: string }
      clear_memory_item_embeddings: {
        Args: {
          after_id?: string
          after_workspace_id?: string
          other_than_model: string
          page_size: number
          workspace_filter?: string
        }
        Returns: string
      }
      clear_trace_embeddings: {
        Args: {
          after_id?: string
          after_workspace_id?: string
          other_than_model: string
          page_size: number
          workspace_filter?: string
        }
        Returns: string
      }
      compare_nearest: { Args: { request: string }; Returns: string }
      compare_statistics: { Args: { request: string }; Returns: string }
      count_migrated_rows: { Args: { run_id: string }; Returns: string }
      count_rows_to_embed: { Args: { model: string; workspace_filter?: string }; Returns: string }
      create_workspace: { Args: { name: string }; Returns: string }
      delete_old_retrievals: {
        Args: { dry_run?: boolean; retention_days: number; workspace_id: string }
        Returns: number
      }
      delete_old_traces: {
        Args: { archive?: boolean; dry_run?: boolean; retention_days: number; workspace_id: string }
        Returns: {
          deleted_memory_items: number
          deleted_traces: number
          kept_without_time: number
          retention_cutoff: string
        }[]
      }
      delete_workspace: {
        Args: { confirm_name: string; workspace_id: string }
        Returns: {
          deleted_memory_items: number
          deleted_traces: number
        }[]
      }
      describe_migrated_source: { Args: { request: string }; Returns: string }
      describe_migration_target: { Args: Record<PropertyKey, never>; Returns: string }
      explain_changed_rows: { Args: { request: string }; Returns: string }
      find_latest_migration_run: { Args: { source_identity: string }; Returns: string }
      find_similar_memories: {
        Args: {
          all_workspaces?: boolean
          match_count?: number
          memory_item_id: string
          min_similarity?: number
          workspace_filter?: string[]
          workspace_id: string
        }
        Returns: Database["public"]["CompositeTypes"]["found_memory_item"][]
        SetofOptions: {
          from: "*"
          to: "found_memory_item"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      finish_migration_run: {
        Args: { lease_token?: string; report: string; run_id: string; status: string }
        Returns: string
      }
      finish_migration_verification: { Args: { request: string }; Returns: string }
      get_daily_growth: {
        Args: {
          all_workspaces?: boolean
          from_day?: string
          to_day?: string
          workspace_filter?: string[]
        }
        Returns: {
          content_bytes: number
          day: string
          failure_traces: number
          memories: number
          memories_with_errors: number
          partial_traces: number
          success_traces: number
          traces: number
        }[]
      }
      get_genealogy: {
        Args: { id: string; kind?: string; max_depth?: number; workspace_id: string }
        Returns: Database["public"]["CompositeTypes"]["genealogy_row"][]
        SetofOptions: {
          from: "*"
          to: "genealogy_row"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      get_health: {
        Args: Record<PropertyKey, never>
        Returns: {
          role: string
          schema_version: string
          workspaces: number
        }[]
      }
      get_memory_map: { Args: { embedding_model: string; workspace_id: string }; Returns: Json }
      get_memory_map_source: {
        Args: { embedding_model: string; workspace_id: string }
        Returns: {
          digest: string
          vectors: number
        }[]
      }
      get_migration_run: {
        Args: { run_id: string }
        Returns: {
          conflict_list: Json
          differences: Json
          error: Json
          holder: Json
          options: Json
          rejects: Json
          run: Database["public"]["CompositeTypes"]["listed_migration_run"]
          source_timezone: string
          timings: Json
          verification: Json
          warnings: Json
          workspace_counts: Json
        }[]
      }
      get_retrieval_latency: {
        Args: {
          all_workspaces?: boolean
          backend_filter?: string[]
          bucket?: string
          from_time?: string
          to_time?: string
          workspace_filter?: string[]
        }
        Returns: {
          backend: string
          bucket_start: string
          database_p50_ms: number
          database_p95_ms: number
          database_p99_ms: number
          embedded_searches: number
          embedding_p50_ms: number
          embedding_p95_ms: number
          embedding_p99_ms: number
          errors: number
          searches: number
          total_p50_ms: number
          total_p95_ms: number
          total_p99_ms: number
        }[]
      }
      get_retrieval_statistics: {
        Args: {
          all_workspaces?: boolean
          backend_filter?: string[]
          from_time?: string
          to_time?: string
          workspace_filter?: string[]
        }
        Returns: {
          error_rate: number
          errors: number
          helpful_rate: number
          helpful_results: number
          hit_rate: number
          hits: number
          results: number
          searches: number
          success_rate_with_memories: number
          success_rate_without_memories: number
          traces_with_memories: number
          traces_without_memories: number
          unhelpful_results: number
        }[]
      }
      get_statistics: {
        Args: { all_workspaces?: boolean; workspace_filter?: string[] }
        Returns: {
          avg_evolution_stage: number
          content_bytes: number
          difficulty_distribution: Json
          domain_distribution: Json
          embedded_memories: number
          embedded_traces: number
          embedding_coverage: number
          embedding_models: Json
          evolution_stage_distribution: Json
          failure_rate: number
          failure_traces: number
          first_trace_at: string
          last_trace_at: string
          memories_with_errors: number
          memories_without_trace: number
          other_outcome_traces: number
          partial_rate: number
          partial_traces: number
          pattern_tag_frequency: Json
          success_rate: number
          success_traces: number
          total_memories: number
          total_traces: number
          trace_embedding_coverage: number
        }[]
      }
      get_trace: { Args: { id: string; workspace_id: string }; Returns: string }
      grant_workspaces: {
        Args: { email: string; expires_in?: string; role?: string; workspace_ids?: string[] }
        Returns: {
          expires_at: string
          status: string
          token: string
          workspace_id: string
        }[]
      }
      invite_to_workspace: {
        Args: { email: string; expires_in?: string; role?: string; workspace_id: string }
        Returns: {
          expires_at: string
          id: string
          token: string
        }[]
      }
      list_memories: {
        Args: {
          after_created_at?: string
          after_id?: string
          after_workspace_id?: string
          all_workspaces?: boolean
          created_from?: string
          created_to?: string
          difficulty_filter?: string[]
          domain_filter?: string[]
          include_errors?: boolean
          match_count?: number
          max_evolution_stage?: number
          min_evolution_stage?: number
          only_errors?: boolean
          outcome_filter?: string[]
          tag_filter?: string[]
          workspace_filter?: string[]
        }
        Returns: Database["public"]["CompositeTypes"]["found_memory_item"][]
        SetofOptions: {
          from: "*"
          to: "found_memory_item"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      list_migrated_rows: { Args: { request: string }; Returns: string }
      list_migration_batches: { Args: { request: string }; Returns: string }
      list_migration_runs: {
        Args: { after_id?: string; after_started_at?: string; match_count?: number }
        Returns: Database["public"]["CompositeTypes"]["listed_migration_run"][]
        SetofOptions: {
          from: "*"
          to: "listed_migration_run"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      list_never_recalled_memories: {
        Args: { all_workspaces?: boolean; match_count?: number; workspace_filter?: string[] }
        Returns: {
          created_at: string
          id: string
          title: string
          workspace_id: string
        }[]
      }
      list_open_links: { Args: { request: string }; Returns: string }
      list_owed_indexes: { Args: Record<PropertyKey, never>; Returns: string }
      list_recalled_memories: {
        Args: {
          all_workspaces?: boolean
          from_time?: string
          match_count?: number
          to_time?: string
          workspace_filter?: string[]
        }
        Returns: {
          average_rank: number
          helpful: number
          id: string
          last_recalled_at: string
          recalls: number
          title: string
          unhelpful: number
          workspace_id: string
        }[]
      }
      list_rollback_obstacles: { Args: { request: string }; Returns: string }
      list_traces: {
        Args: {
          after_created_at?: string
          after_id?: string
          after_workspace_id?: string
          all_workspaces?: boolean
          created_from?: string
          created_to?: string
          domain_filter?: string[]
          match_count?: number
          outcome_filter?: string[]
          workspace_filter?: string[]
        }
        Returns: Database["public"]["CompositeTypes"]["listed_trace"][]
        SetofOptions: {
          from: "*"
          to: "listed_trace"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      list_workspace_members: {
        Args: { workspace_id: string }
        Returns: {
          created_at: string
          email: string
          role: string
          user_id: string
        }[]
      }
      list_workspace_migration_runs: {
        Args: {
          after_id?: string
          after_started_at?: string
          match_count?: number
          run_filter?: string
          workspace_id: string
        }
        Returns: {
          conflicts: number
          is_new: boolean
          memory_items: number
          run: Json
          traces: number
          updated: number
          written: number
        }[]
      }
      list_workspace_statistics: {
        Args: { all_workspaces?: boolean; workspace_filter?: string[] }
        Returns: {
          avg_evolution_stage: number
          content_bytes: number
          embedding_coverage: number
          failure_traces: number
          first_trace_at: string
          last_trace_at: string
          memories_with_errors: number
          name: string
          partial_traces: number
          success_rate: number
          success_traces: number
          top_domains: string[]
          total_memories: number
          total_traces: number
          workspace_id: string
        }[]
      }
      mark_retrieval: {
        Args: {
          event_id: string
          helpful_ids?: string[]
          served_trace_id?: string
          unhelpful_ids?: string[]
          workspace_id: string
        }
        Returns: number
      }
      read_memory_items_to_embed: {
        Args: {
          after_id?: string
          after_workspace_id?: string
          page_bytes: number
          page_size: number
          workspace_filter?: string
        }
        Returns: string
      }
      read_migrated_memory_items: { Args: { keys: string }; Returns: string }
      read_migrated_reasoning_traces: { Args: { keys: string }; Returns: string }
      read_migration_runs: { Args: { request: string }; Returns: string }
      read_traces_to_embed: {
        Args: {
          after_id?: string
          after_workspace_id?: string
          page_bytes: number
          page_size: number
          workspace_filter?: string
        }
        Returns: string
      }
      rebuild_statistics: { Args: { workspace_filter?: string[] }; Returns: number }
      record_retrieval: {
        Args: {
          backend: string
          database_ms?: number
          embedding_ms?: number
          error_code?: string
          event_id?: string
          match_count: number
          occurred_at?: string
          query_hash?: string
          query_text?: string
          result_ids?: string[]
          result_scores?: number[]
          search_kind: string
          served_trace_id?: string
          total_ms?: number
          workspace_id: string
        }
        Returns: string
      }
      reduce_memory_vectors: {
        Args: { axes: string[]; embedding_model: string; workspace_id: string }
        Returns: string
      }
      renew_migration_lease: { Args: { request: string }; Returns: string }
      restore_archived_trace: { Args: { trace_id: string; workspace_id: string }; Returns: number }
      roll_back_migration_rows: { Args: { request: string }; Returns: string }
      sample_memory_vectors: {
        Args: { embedding_model: string; match_count?: number; workspace_id: string }
        Returns: string
      }
      save_memory_map: {
        Args: {
          embedding_model: string
          ids: string[]
          method: string
          source_digest: string
          source_vectors: number
          workspace_id: string
          x: number[]
          y: number[]
        }
        Returns: string
      }
      save_migration_verification: { Args: { request: string }; Returns: string }
      search_memories: {
        Args: {
          all_workspaces?: boolean
          created_from?: string
          created_to?: string
          difficulty_filter?: string[]
          domain_filter?: string[]
          include_errors?: boolean
          match_count?: number
          max_evolution_stage?: number
          min_evolution_stage?: number
          only_errors?: boolean
          outcome_filter?: string[]
          query_embedding: string
          query_model?: string
          query_text: string
          tag_filter?: string[]
          workspace_filter?: string[]
        }
        Returns: Database["public"]["CompositeTypes"]["found_memory_item"][]
        SetofOptions: {
          from: "*"
          to: "found_memory_item"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      search_memories_by_keyword: {
        Args: {
          all_workspaces?: boolean
          created_from?: string
          created_to?: string
          difficulty_filter?: string[]
          domain_filter?: string[]
          include_errors?: boolean
          match_count?: number
          max_evolution_stage?: number
          min_evolution_stage?: number
          only_errors?: boolean
          outcome_filter?: string[]
          query_text: string
          tag_filter?: string[]
          workspace_filter?: string[]
        }
        Returns: Database["public"]["CompositeTypes"]["found_memory_item"][]
        SetofOptions: {
          from: "*"
          to: "found_memory_item"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      search_similar_memories: {
        Args: {
          all_workspaces?: boolean
          created_from?: string
          created_to?: string
          difficulty_filter?: string[]
          domain_filter?: string[]
          error_weight?: number
          include_errors?: boolean
          match_count?: number
          max_evolution_stage?: number
          min_evolution_stage?: number
          min_similarity?: number
          only_errors?: boolean
          outcome_filter?: string[]
          query_embedding: string
          query_model?: string
          rank_by?: string
          recency_days?: number
          recency_weight?: number
          similarity_weight?: number
          tag_filter?: string[]
          workspace_filter?: string[]
        }
        Returns: Database["public"]["CompositeTypes"]["found_memory_item"][]
        SetofOptions: {
          from: "*"
          to: "found_memory_item"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      search_similar_memories_exactly: {
        Args: {
          all_workspaces?: boolean
          match_count?: number
          query_embedding: string
          query_model?: string
          workspace_filter?: string[]
        }
        Returns: Database["public"]["CompositeTypes"]["found_memory_item"][]
        SetofOptions: {
          from: "*"
          to: "found_memory_item"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      search_similar_traces: {
        Args: {
          all_workspaces?: boolean
          created_from?: string
          created_to?: string
          domain_filter?: string[]
          match_count?: number
          min_similarity?: number
          outcome_filter?: string[]
          query_embedding: string
          query_model?: string
          workspace_filter?: string[]
        }
        Returns: Database["public"]["CompositeTypes"]["found_trace"][]
        SetofOptions: {
          from: "*"
          to: "found_trace"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      start_migration_rollback: { Args: { request: string }; Returns: string }
      start_migration_run: { Args: { run: string }; Returns: string }
      start_migration_verification: { Args: { request: string }; Returns: string }
      update_memory_item: {
        Args: {
          changes: string
          embedding?: string
          embedding_model?: string
          expected_updated_at?: string
          memory_item_id: string
          workspace_id: string
        }
        Returns: string
      }
      write_embeddings: { Args: { embeddings: string; model: string }; Returns: string }
      write_migration_batch: { Args: { batch: string; run_id: string }; Returns: string }
    }
    Enums: {
      [_ in never]: never
    }
    CompositeTypes: {
      found_memory_item: {
        workspace_id: string | null
        id: string | null
        trace_id: string | null
        title: string | null
        description: string | null
        content: string | null
        error_context: Json | null
        pattern_tags: string[] | null
        difficulty_level: string | null
        domain_category: string | null
        evolution_stage: number | null
        created_at: string | null
        updated_at: string | null
        source_id: string | null
        ordinal: number | null
        embedding_status: string | null
        embedding_model: string | null
        embedding_is_stale: boolean | null
        extras: Json | null
        notes: Json | null
        links: Json | null
        trace_task: string | null
        trace_outcome: string | null
        trace_created_at: string | null
        similarity: number | null
        recency: number | null
        error: number | null
        score: number | null
        semantic_rank: number | null
        keyword_rank: number | null
        keyword_score: number | null
        fused_score: number | null
      }
      found_trace: {
        workspace_id: string | null
        id: string | null
        task: string | null
        outcome: string | null
        metadata: Json | null
        created_at: string | null
        memory_items: number | null
        similarity: number | null
        recency: number | null
        semantic_rank: number | null
      }
      genealogy_row: {
        direction: string | null
        depth: number | null
        relation: string | null
        kind: string | null
        workspace_id: string | null
        id: string | null
        linked_id: string | null
        state: string | null
        title: string | null
        evolution_stage: number | null
        outcome: string | null
        created_at: string | null
      }
      listed_migration_run: {
        id: string | null
        status: string | null
        phase: string | null
        is_live: boolean | null
        is_whole: boolean | null
        source_kind: string | null
        source_location: string | null
        started_at: string | null
        finished_at: string | null
        rolled_back_at: string | null
        fraction_done: number | null
        done: number | null
        total: number | null
        rows: number | null
        rows_per_second: number | null
        progress_at: string | null
        workspaces: number | null
        new_workspaces: number | null
        traces: number | null
        memory_items: number | null
        written: number | null
        updated: number | null
        unchanged: number | null
        conflicts: number | null
        rejected: number | null
      }
      listed_trace: {
        workspace_id: string | null
        id: string | null
        source_id: string | null
        task: string | null
        outcome: string | null
        metadata: Json | null
        extras: Json | null
        notes: Json | null
        embedding_status: string | null
        embedding_model: string | null
        created_at: string | null
        updated_at: string | null
        links: Json | null
        memory_items: number | null
      }
    }
  }
}

type DatabaseWithoutInternals = Omit<Database, "__InternalSupabase">

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, "public">]

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])[TableName] extends {
      Row: infer R
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    ? (DefaultSchema["Tables"] & DefaultSchema["Views"])[DefaultSchemaTableNameOrOptions] extends {
        Row: infer R
      }
      ? R
      : never
    : never

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Insert: infer I
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
    ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
        Insert: infer I
      }
      ? I
      : never
    : never

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Update: infer U
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
    ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
        Update: infer U
      }
      ? U
      : never
    : never

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema["Enums"]
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"]
    : never = never,
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"]
    ? DefaultSchema["Enums"][DefaultSchemaEnumNameOrOptions]
    : never

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema["CompositeTypes"]
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"]
    : never = never,
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"]
    ? DefaultSchema["CompositeTypes"][PublicCompositeTypeNameOrOptions]
    : never

export const Constants = {
  public: {
    Enums: {},
  },
} as const
