using System.Collections.Immutable;

namespace GraphWeaver.DifferentialTests.Properties;

/// <summary>What may be named at a place of a program, and what the place is.</summary>
internal sealed record Scope(Setting Setting, ImmutableArray<Variable> Variables, Place Place, int Depth)
{
    public IEnumerable<Variable> Of(Kind kind) => Variables.Where(variable => variable.Kind == kind);

    public IEnumerable<Variable> Assignable(Kind kind) => Of(kind).Where(variable => variable.IsAssignable);

    public bool Is(Place place) => (Place & place) == place;

    public Scope Inside(Variable? declared = null, Place adds = Place.Anywhere, Place removes = Place.Anywhere) => this with
    {
        Variables = declared is null ? Variables : Variables.Add(declared),
        Place = (Place & ~removes) | adds,
        Depth = Depth + 1,
    };

    /// <summary>The scope of a lambda's body.</summary>
    public Scope InLambda() => this with
    {
        Variables = [.. Variables.Where(variable => variable.IsCapturable)],
        Place = Place & ~(Place.Loop | Place.Method),
        Depth = Depth + 1,
    };

    /// <summary>A name no block around has.</summary>
    public string Name(string prefix) => prefix + Depth;
}
