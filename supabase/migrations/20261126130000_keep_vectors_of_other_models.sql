-- Each constraint is replaced without a scan and validated after, so that readers and writers go on.
set local lock_timeout = '10s';

alter table public.reasoning_traces
  drop constraint reasoning_traces_embedding_status_check,
  add constraint reasoning_traces_embedding_status_check
    check (embedding_status in ('present', 'missing', 'other_dimension', 'other_model', 'not_finite')) not valid;
alter table public.memory_items
  drop constraint memory_items_embedding_status_check,
  add constraint memory_items_embedding_status_check
    check (embedding_status in ('present', 'missing', 'other_dimension', 'other_model', 'not_finite')) not valid;
