namespace GraphWeaver;

/// <summary>
/// Marks a method whose tensor operations are fused into kernels and whose constant calls are executed in the build.
/// On a type it marks the ordinary methods, operators and accessors that touch a tensor or a foldable call.
/// A marked method does what the unmarked method does; what cannot be compiled stays ordinary .NET.
/// </summary>
/// <remarks>
/// A property set here wins over the MSBuild property, except that MSBuild's <see cref="Fallback.Off"/> and <see cref="Fallback.Error"/>
/// win over <see cref="Fallback.Allow"/> and <see cref="Fallback.Warn"/>. One set on a method wins over one set on its type.
/// </remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, Inherited = false)]
public sealed class GraphAttribute : Attribute
{
    /// <summary>What the build says about a call that stays ordinary .NET.</summary>
    public Fallback Fallback { get; set; }

    /// <summary>When a print of constants appears.</summary>
    public Print Print { get; set; }

    /// <summary>
    /// Allows kernels to round a product together with the sum or difference it goes into, once, where the processor does that as fast (fused
    /// multiply-add). Results then differ from eager ones in the last places, and from one processor to another.
    /// </summary>
    public bool FastMath { get; set; }
}
