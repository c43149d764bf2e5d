using GraphWeaver.Compiler.IR;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// Decides, before any region is rewritten, which regions can be and which instructions leave their places. A region's eager path holds its
/// operations and, in program order, the conversions and views that stand among them. Such a conversion is gone from the kernel's way: the
/// kernel's guard fails where it would have failed. Where it serves other regions too, later ones hold copies of it. One that stands before an
/// instruction that must not move stays: it is evaluated, and fails, where eager does.
/// </summary>
internal sealed class RegionPlans
{
    private readonly Function function;
    private readonly IReadOnlyCollection<Instruction> conversions;
    private readonly TensorViews views;
    private readonly Users users;

    private RegionPlans(Function function, RegionPartition partition)
    {
        this.function = function;
        conversions = partition.Conversions;
        views = partition.Views;
        users = partition.Users;
    }

    /// <summary>A plan for each region that can be fused, in order.</summary>
    public static IReadOnlyList<RegionPlan> Make(Function function, RegionPartition partition, Func<Region, bool> isWanted)
    {
        var plans = new RegionPlans(function, partition);
        var candidates = partition.Partition().Where(isWanted).Select(plans.PlanOf).OfType<RegionPlan>().ToList();
        while (true)
        {
            var leaving = plans.Leaving(candidates);
            if (candidates.RemoveAll(plan => !plan.Conversions.All(leaving.Contains)) == 0)
            {
                return [.. candidates.Select(plan => plan with { Far = plans.Far(plan, leaving) })];
            }
        }
    }

    /// <summary>The range a region's instructions stand in; null where an instruction there must not be evaluated before them.</summary>
    private RegionPlan? PlanOf(Region region)
    {
        var members = new HashSet<Instruction>(region.Operations.Select(operation => operation.Call));
        var own = new HashSet<Instruction>(region.Operations.SelectMany(operation => operation.Conversions).Where(conversions.Contains));
        var instructions = region.Block.Instructions;
        var start = instructions.FindIndex(members.Contains);
        while (start > 0 && (own.Contains(instructions[start - 1]) || Transparency.IsTransparent(instructions[start - 1], function.Method)))
        {
            start--;
        }

        var range = instructions.GetRange(start, instructions.FindLastIndex(members.Contains) + 1 - start);
        var among = new HashSet<Instruction>();
        foreach (var instruction in range.Where(instruction => !members.Contains(instruction) && !own.Contains(instruction)))
        {
            // The filling of another's span may come before: it has memory of its own.
            var isTransparent = Transparency.IsTransparent(instruction, function.Method) || (conversions.Contains(instruction) && views.IsOfLiteral(instruction));
            if (!isTransparent && !GuardedReads.Is(instruction))
            {
                return null;
            }

            var dependsOnRead = instruction.Inputs.OfType<Instruction>().Any(among.Contains);
            if (dependsOnRead && instruction.Type is null)
            {
                return null;
            }

            if (!isTransparent || dependsOnRead)
            {
                among.Add(instruction);
            }
        }

        // A span is filled where it is made: nobody sees when.
        var filling = range.Where(own.Contains).Select(views.FindLiteral).OfType<SpanLiteral>().SelectMany(literal => literal.Instructions).Except(range);
        var original = filling.Concat(range.Where(instruction => members.Contains(instruction) || own.Contains(instruction) || among.Contains(instruction))).ToList();
        return new RegionPlan(region, original, [.. range.Where(among.Contains)], [.. original.Where(own.Contains)], []);
    }

    /// <summary>The conversions that regions hold in their eager paths and nothing that stays uses.</summary>
    private HashSet<Instruction> Leaving(IReadOnlyCollection<RegionPlan> plans)
    {
        var operations = new HashSet<Instruction>(plans.SelectMany(plan => plan.Region.Operations).Select(operation => operation.Call));
        var leaving = new HashSet<Instruction>(plans.SelectMany(plan => plan.Conversions));
        while (leaving.RemoveWhere(conversion => !users.Of(conversion).All(use => use.User is Instruction user && (operations.Contains(user) || leaving.Contains(user)))) > 0)
        {
        }

        return leaving;
    }

    /// <summary>What a region needs of the conversions that have left other places.</summary>
    private IReadOnlyList<Instruction> Far(RegionPlan plan, HashSet<Instruction> leaving)
    {
        var needed = new HashSet<Instruction>(plan.Region.Operations.SelectMany(operation => operation.Conversions).Where(leaving.Contains));
        needed.ExceptWith(plan.Conversions);
        return needed.Count == 0 ? [] : [.. function.Instructions.Where(needed.Contains)];
    }
}
