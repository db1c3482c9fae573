package io.socle.realtime.launcher.suite;

import io.socle.realtime.launcher.exit.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Changes a suite while it runs: more or fewer instances, or new processes for old ones. One change at a time. */
final class Changes {
    private final Supervisor.Plan plan;
    private final Keepers keepers;
    private final MergedLog log;
    private final Semaphore turn = new Semaphore(1);
    private InstanceCounts counts;

    Changes(Supervisor.Plan plan, Keepers keepers, MergedLog log) {
        this.plan = plan;
        this.keepers = keepers;
        this.log = log;
        this.counts = plan.instances();
    }

    /** Does what is asked, and returns a sentence on it; throws Refusal where it cannot be done. */
    String apply(ControlRequest request, Consumer<String> progress) throws InterruptedException {
        if (!turn.tryAcquire()) {
            throw new Refusal("Another change of the suite is under way; try again when it is done.");
        }
        try {
            return switch (request) {
                case ControlRequest.Scale scale -> scale(counts.with(scale.counts()), progress);
                case ControlRequest.Restart restart -> restart(restart.names(), progress);
            };
        } catch (IOException e) {
            throw new Refusal("The services cannot be told: " + e.getMessage() + ".");
        } finally {
            keepers.announce();
            turn.release();
        }
    }

    private String scale(InstanceCounts wanted, Consumer<String> progress) throws IOException, InterruptedException {
        var before = counts;
        var specs = plan.services().services(wanted);
        var added = specs.stream().filter(spec -> !runs(spec.instance())).toList();
        PortCheck.refuseTaken(
                added.stream().flatMap(spec -> spec.ports().stream()).toList());
        become(wanted, specs, progress);
        removeBeyond(wanted, progress);
        try {
            added.forEach(spec -> progress.accept("starting " + spec.name()));
            keepers.start(added);
        } catch (Refusal e) {
            takeBack(before, added, progress);
            throw e;
        }
        refuseStopping();
        return "The suite has " + String.join(", ", counts.texts()) + ".";
    }

    private boolean runs(Instance instance) {
        return keepers.all().stream().anyMatch(keeper -> keeper.instance().equals(instance));
    }

    /** Gives processes that stay their new names, and what else is new at their next start. */
    private void become(InstanceCounts wanted, List<ServiceSpec> specs, Consumer<String> progress) {
        counts = wanted;
        for (Keeper keeper : keepers.all()) {
            specs.stream()
                    .filter(spec -> spec.instance().equals(keeper.instance()))
                    .forEach(spec -> become(keeper, spec, progress));
        }
    }

    private void become(Keeper keeper, ServiceSpec spec, Consumer<String> progress) {
        var old = keeper.spec();
        if (!old.name().equals(spec.name())) {
            log.line("realtime", old.name() + " is called " + spec.name() + " from now on");
        }
        if (!old.environment().equals(spec.environment())) {
            progress.accept(spec.name() + " takes its new settings when it starts again: ./realtime restart "
                    + spec.instance().id());
        }
        keeper.become(spec);
    }

    private void removeBeyond(InstanceCounts wanted, Consumer<String> progress) throws InterruptedException {
        for (Keeper keeper : keepers.all().reversed()) {
            var instance = keeper.instance();
            if (instance.number() >= wanted.of(instance.part())) {
                progress.accept("ending " + instance.id());
                keepers.remove(keeper, plan.stopLimit());
            }
        }
    }

    /** An instance that never became ready is of no use; what was ended for good stays ended. */
    private void takeBack(InstanceCounts before, List<ServiceSpec> added, Consumer<String> progress)
            throws IOException, InterruptedException {
        var left = InstanceCounts.lower(before, counts);
        var failed = added.stream().map(ServiceSpec::instance).toList();
        for (Keeper keeper : keepers.all().reversed()) {
            if (failed.contains(keeper.instance())) {
                keepers.remove(keeper, plan.stopLimit());
            }
        }
        become(left, plan.services().services(left), progress);
    }

    private String restart(List<String> names, Consumer<String> progress) throws InterruptedException {
        var chosen = new LinkedHashSet<Keeper>();
        names.forEach(name -> chosen.addAll(named(name)));
        for (Keeper keeper : chosen) {
            progress.accept("restarting " + keeper.name());
            log.line("realtime", "restarting " + keeper.name());
            keeper.restart(plan.stopLimit());
            keepers.awaitReady(List.of(keeper));
            refuseStopping();
            progress.accept(keeper.name() + " is ready");
        }
        return "Restarted " + chosen.stream().map(Keeper::name).collect(Collectors.joining(", ")) + ".";
    }

    /** One instance, or all of a part. */
    private List<Keeper> named(String name) {
        var all = keepers.all();
        var found = new ArrayList<Keeper>();
        for (Keeper keeper : all) {
            var instance = keeper.instance();
            if (name.equals(instance.part().label()) || name.equals(instance.id())) {
                found.add(keeper);
            }
        }
        if (found.isEmpty()) {
            throw new Refusal("There is no " + name + "; there are "
                    + all.stream().map(Keeper::name).collect(Collectors.joining(", ")) + ".");
        }
        return found;
    }

    private void refuseStopping() {
        if (keepers.isClosed()) {
            throw new Refusal("The suite is being stopped.");
        }
    }
}
