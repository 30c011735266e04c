-- Every change of a channel's state leaves a row in channel_life, whichever verb made it. `updated_at` is set by the
-- verb from the program's clock.
create function channel_life_record() returns trigger language plpgsql as $$
begin
  insert into channel_life (channel_id, at, from_state, to_state) values (new.id, new.updated_at, old.state, new.state);
  return null;
end $$;
--> statement-breakpoint
create trigger channel_life_record after update of state on channel
  for each row when (old.state is distinct from new.state) execute function channel_life_record();
--> statement-breakpoint
-- A channel that is shut or merged is still visited, every 30 days: whichever verb ended it, it is watched from then on.
create function channel_watch() returns trigger language plpgsql as $$
begin
  if new.state in ('closed', 'merged') then
    new.next_due_at := new.updated_at + interval '30 days';
    new.due_reason := 'watch';
    new.claimed_slot := null;
    new.claimed_at := null;
  elsif tg_op = 'UPDATE' and old.state in ('closed', 'merged') then
    new.next_due_at := new.updated_at;
    new.due_reason := 'run_now';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger channel_watch_insert before insert on channel
  for each row when (new.state in ('closed', 'merged')) execute function channel_watch();
--> statement-breakpoint
create trigger channel_watch_update before update of state on channel
  for each row when (old.state is distinct from new.state) execute function channel_watch();
