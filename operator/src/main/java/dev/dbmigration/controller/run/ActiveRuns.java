package dev.dbmigration.controller.run;

import dev.dbmigration.job.JobIdentity;
import dev.dbmigration.model.ResourceRef;
import dev.dbmigration.reconcile.JobState;
import dev.dbmigration.reconcile.Room;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The runs that are active, of all resources, and the resources that wait for one of them to end. A
 * run counts from before its Job is created until the Job is seen to have ended, so that never more
 * are started than are allowed. One whose pod cannot start gives its room back, and takes it again
 * when the pod starts after all, even if there is none.
 */
public final class ActiveRuns {

  private enum Stage {
    /** Its Job is about to be created, or has not been seen yet. */
    UNSEEN,
    /** Its Job has been seen. */
    SEEN,
    /** Its pod cannot start. */
    NOT_STARTING
  }

  private record Run(ResourceRef resource, Stage stage) {

    boolean takesRoom() {
      return stage != Stage.NOT_STARTING;
    }
  }

  private record Waiting(ResourceRef resource, Runnable wake) {}

  private final int limit;
  private final Map<String, Run> runs = new LinkedHashMap<>();
  private final Map<String, String> targets = new HashMap<>();
  private final Set<String> gone = new HashSet<>();
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();

  /** At most so many runs are active at once. */
  public ActiveRuns(int limit) {
    this.limit = limit;
  }

  /** Remembers where a resource's runs go, as last reported. */
  public synchronized void noteTarget(ResourceRef resource, String target) {
    targets.put(resource.uid(), target);
  }

  /** A resource is gone: nothing of it is kept beyond the end of its run. */
  public void forget(ResourceRef resource) {
    synchronized (this) {
      waiting.remove(resource.uid());
      gone.add(resource.uid());
      forgetTarget(resource);
    }
    wakeWaiting();
  }

  synchronized int knownTargets() {
    return targets.size();
  }

  /** Whether a run of the resource may start now. */
  public synchronized Room roomFor(ResourceRef resource) {
    var others = runs.values().stream().filter(run -> !isOf(run, resource)).toList();
    int active = (int) others.stream().filter(Run::takesRoom).count();
    if (active >= limit) {
      return new Room.Full(active, limit, notStarting(others));
    }
    return others.stream()
        .filter(other -> haveOneTarget(other.resource(), resource))
        .findFirst()
        .map(ActiveRuns::taken)
        .orElseGet(Room.Free::new);
  }

  /** Takes up the room for a run, if there is any; says whether there was. */
  public synchronized Room take(JobIdentity identity) {
    var room = roomFor(identity.resource());
    if (room instanceof Room.Free) {
      runs.putIfAbsent(key(identity), new Run(identity.resource(), Stage.UNSEEN));
      waiting.remove(identity.resource().uid());
    }
    return room;
  }

  /** Gives back the room of a run whose Job was not created after all. */
  public void giveBack(JobIdentity identity) {
    synchronized (this) {
      runs.remove(key(identity));
      forgetTarget(identity.resource());
    }
    wakeWaiting();
  }

  /** Gives back the room of runs of a resource whose Jobs never appeared. */
  public void giveBackUnseen(ResourceRef resource) {
    boolean changed;
    synchronized (this) {
      changed = runs.values().removeIf(run -> run.stage() == Stage.UNSEEN && isOf(run, resource));
    }
    if (changed) {
      wakeWaiting();
    }
  }

  /** Has a resource woken as soon as there may be room for it. */
  public synchronized void await(ResourceRef resource, Runnable wake) {
    waiting.putIfAbsent(resource.uid(), new Waiting(resource, wake));
  }

  /** A resource no longer waits, or is gone. */
  public synchronized void leave(ResourceRef resource) {
    waiting.remove(resource.uid());
  }

  /** A Job is there, or has changed. */
  public void saw(Job job) {
    JobIdentity.of(job)
        .ifPresent(identity -> {
          if (JobReader.hasEnded(job)) {
            ended(identity);
          } else {
            seen(identity, JobReader.isRunning(job));
          }
        });
  }

  /** A resource's active run has been looked at: whether it takes room depends on its pod. */
  public void look(ResourceRef resource, JobState.Active job) {
    var stage = job.pod() instanceof JobState.Pod.NotStarting ? Stage.NOT_STARTING : Stage.SEEN;
    synchronized (this) {
      runs.computeIfPresent(key(resource, job.name()), (_, run) -> new Run(run.resource(), stage));
    }
    if (stage == Stage.NOT_STARTING) {
      wakeWaiting();
    }
  }

  /** A Job is gone. */
  public void lost(Job job) {
    JobIdentity.of(job).ifPresent(this::ended);
  }

  /** Wakes resources that wait, as far as there is room for them. */
  public void wakeWaiting() {
    var woken = new ArrayList<Waiting>();
    synchronized (this) {
      int free = limit - active();
      for (var candidate : List.copyOf(waiting.values())) {
        if (woken.size() >= free) {
          break;
        }
        if (roomFor(candidate.resource()) instanceof Room.Free) {
          waiting.remove(candidate.resource().uid());
          woken.add(candidate);
        }
      }
    }
    woken.forEach(candidate -> candidate.wake().run());
  }

  /** How many runs are active, without those whose pods cannot start. */
  public synchronized int active() {
    return (int) runs.values().stream().filter(Run::takesRoom).count();
  }

  /** How many resources wait for their turn. */
  public synchronized int queued() {
    return waiting.size();
  }

  /** A Job that changes without running says nothing about its pod. */
  private synchronized void seen(JobIdentity identity, boolean isRunning) {
    runs.compute(
        key(identity),
        (_, before) ->
            before == null || before.takesRoom() || isRunning
                ? new Run(identity.resource(), Stage.SEEN)
                : before);
  }

  private void ended(JobIdentity identity) {
    boolean changed;
    synchronized (this) {
      changed = runs.remove(key(identity)) != null;
      forgetTarget(identity.resource());
    }
    if (changed) {
      wakeWaiting();
    }
  }

  /** While a run is active, others must not start on its target, even if its resource is gone. */
  private void forgetTarget(ResourceRef resource) {
    boolean isActive = runs.values().stream().anyMatch(run -> isOf(run, resource));
    if (!isActive && gone.remove(resource.uid())) {
      targets.remove(resource.uid());
    }
  }

  private boolean haveOneTarget(ResourceRef one, ResourceRef other) {
    return Optional.ofNullable(targets.get(one.uid()))
        .filter(target -> target.equals(targets.get(other.uid())))
        .isPresent();
  }

  private static Room taken(Run other) {
    var name = other.resource().toString();
    return other.takesRoom() ? new Room.TargetBusy(name) : new Room.TargetAwaited(name);
  }

  private static List<String> notStarting(List<Run> others) {
    return others.stream()
        .filter(run -> !run.takesRoom())
        .map(run -> run.resource().toString())
        .toList();
  }

  private static boolean isOf(Run run, ResourceRef resource) {
    return run.resource().uid().equals(resource.uid());
  }

  private static String key(JobIdentity identity) {
    return key(identity.resource(), identity.jobName());
  }

  private static String key(ResourceRef resource, String job) {
    return resource.namespace() + "/" + job;
  }
}
