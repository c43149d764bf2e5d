namespace Cases;

/// <summary>
/// Pins what the build must make of a marked method. What is not set is pinned to nothing at all: no start-up, no kernel, no fallback, no
/// word, and no code left. <c>GW0001</c>, <c>GW0101</c> and <c>GW0102</c> belong to every method and are pinned by the counters alone.
/// </summary>
/// <param name="number">The family's letter and number: <c>T01</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CaseAttribute(string number) : Attribute
{
    public string Number { get; } = number;

    /// <summary>Exactly so many call sites are executed in the build.</summary>
    public int Folded { get; set; } = -1;

    /// <summary>At least so many are, where the compiler's own helpers make the number a matter of taste.</summary>
    public int MinFolded { get; set; } = -1;

    public int Startup { get; set; }

    public int Kernels { get; set; }

    public int Fallbacks { get; set; }

    /// <summary>Every other diagnostic of the method, once per site, sorted: <c>GW0103 GW0201</c>.</summary>
    public string Codes { get; set; } = "";

    /// <summary>Code and piece of a message that must be among the diagnostics: <c>GW0103 DateTime.Now</c>.</summary>
    public string[] Says { get; set; } = [];

    /// <summary>What the woven body still does, sorted: calls by name, and <c>branch</c>, <c>newarr</c>, <c>stelem</c>, <c>throw</c>; <c>*</c> leaves it open.</summary>
    public string Remaining { get; set; } = "";

    /// <summary>The marked method, as the report names it below the namespace, where it is not this one: <c>State+Counter.Next</c>.</summary>
    public string Of { get; set; } = "";

    /// <summary>A static method of the class that gives the argument lists, each call fresh ones.</summary>
    public string From { get; set; } = "";
}

/// <summary>One list of arguments.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ArgumentsAttribute(params object?[]? values) : Attribute
{
    public object?[]? Values { get; } = values;
}
