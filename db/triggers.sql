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
