using System.Text.RegularExpressions;

namespace GraphWeaver.UnitTests.Passes;

/// <summary>Which kernels products become part of, and which tensors between kernels come from the pool.</summary>
public sealed class ContractionFusionTests
{
    private readonly FusionText fusion = new("arg0 \"x\" : 'Tensor'\narg1 \"y\" : 'Tensor'\narg2 \"f\" : 'float'\narg3 \"b\" : 'Tensor'\narg4 \"n\" : 'int'\narg5 \"counts\" : 'IntegerSpan&'\n");

    [Fact]
    public void A_product_is_the_first_step_of_the_kernel_that_goes_on_with_it()
    {
        var (text, graphs) = fusion.Fuse(
            """
            b0:
              %product : 'Tensor' = call 'MatMul' arg0, arg1
              %sum : 'Tensor' = call '+' %product, arg3
              %span : 'Span' = call 'ToSpan' %sum
              %address : 'Span&' = ldloca %span
              %tanh : 'Tensor' = call 'Tanh' %address
              ret %tanh
            """);
        Assert.Equal(
            [
                """
                kernel(%in0: MatMul<float>, %in1: tensor<float>)
                  %0 = Add<float>(%in0, %in1)
                  %1 = Tanh<float>(%0)
                  return %1

                """,
            ],
            graphs);
        Assert.Contains("arg0, arg1, arg3, %", text);
        Assert.Equal(1, FusionText.Count(text, "call 'MatMul' arg0, arg1"));
    }

    [Fact]
    public void A_perceptron_of_two_layers_is_two_kernels_with_a_tensor_of_the_pool_between_them()
    {
        var (text, graphs) = fusion.Fuse(
            """
            b0:
              %first : 'Tensor' = call 'MatMul' arg0, arg1
              %hidden : 'Tensor' = call '+' %first, arg3
              %scaled : 'Tensor' = call '*scalar' %hidden, arg2
              %second : 'Tensor' = call 'MatMul' %scaled, arg1
              %result : 'Tensor' = call '+' %second, arg3
              ret %result
            """);
        Assert.Equal(
            [
                """
                kernel(%in0: MatMul<float>, %in1: tensor<float>, %in2: float)
                  %0 = Add<float>(%in0, %in1)
                  %1 = Multiply<float>(%0, %in2)
                  output 0 from the pool
                  return %1

                """,
                """
                kernel(%in0: MatMul<float>, %in1: tensor<float>)
                  %0 = Add<float>(%in0, %in1)
                  return %0

                """,
            ],
            graphs.OrderByDescending(graph => graph.Length));
        var given = Regex.Match(text, @"call 'Return' (%\d+)\s+ret").Groups[1].Value;
        Assert.Contains($"  {given} : 'Tensor' = phi ", text);
        Assert.Equal(1, FusionText.Count(text, "call 'Return'"));
    }

    [Fact]
    public void Two_products_of_one_chain_are_one_kernel()
    {
        var (_, graphs) = fusion.Fuse(
            """
            b0:
              %first : 'Tensor' = call 'MatMul' arg0, arg1
              %second : 'Tensor' = call 'MatMul' arg3, arg1
              %sum : 'Tensor' = call '+' %first, %second
              ret %sum
            """);
        Assert.Equal("kernel(%in0: MatMul<float>, %in1: MatMul<float>)\n  %0 = Add<float>(%in0, %in1)\n  return %0\n", Assert.Single(graphs));
    }

    [Theory]
    [InlineData("ret %product", 0)]
    [InlineData("call 'Effect' arg4\n  %sum : 'Tensor' = call '+' %product, arg3\n  ret %sum", 1)]
    [InlineData("%sum : 'Tensor' = call '+' %product, arg3\n  brtrue arg4 -> b1, b2\nb1:\n  ret %sum\nb2:\n  ret %product", 1)]
    public void A_product_that_is_seen_or_stands_apart_stays_a_call(string then, int kernels)
    {
        var (_, graphs) = fusion.Fuse("b0:\n  %product : 'Tensor' = call 'MatMul' arg0, arg1\n  " + then);
        Assert.Equal(kernels, graphs.Count);
        Assert.DoesNotContain(graphs, graph => graph.Contains("MatMul"));
    }

    [Fact]
    public void A_product_written_in_place_is_part_of_its_kernel()
    {
        var (_, graphs) = fusion.Fuse(
            """
            b0:
              %product : 'Tensor' = call 'MatMul' arg0, arg1
              %span : 'Span' = call 'ToSpan' arg3
              %address : 'Span&' = ldloca %span
              call '+=' %product, %address
              ret %product
            """);
        Assert.Contains("%in0: MatMul<float>", Assert.Single(graphs));
    }

    [Fact]
    public void A_convolution_is_a_product_that_is_told_its_stride_and_padding()
    {
        var (text, graphs) = fusion.Fuse(
            """
            b0:
              %first : 'Tensor' = call 'Conv2D' arg0, arg1, arg4, (i4 1 'int')
              %hidden : 'Tensor' = call '*scalar' %first, arg2
              %second : 'Tensor' = call 'Conv2DWithBias' %hidden, arg1, (null 'Tensor'), (i4 2 'int'), arg4
              %result : 'Tensor' = call '+' %second, arg3
              ret %result
            """);
        Assert.Equal(
            [
                "kernel(%in0: Conv2D<float>, %in1: float)\n  %0 = Multiply<float>(%in0, %in1)\n  output 0 from the pool\n  return %0\n",
                "kernel(%in0: Conv2DWithBias<float>, %in1: tensor<float>)\n  %0 = Add<float>(%in0, %in1)\n  return %0\n",
            ],
            graphs.Order());
        Assert.Contains("arg0, arg1, arg4, (i4 1 'int'), arg2, %", text);
        Assert.Equal(1, FusionText.Count(text, "call 'Return'"));
    }

    [Fact]
    public void A_convolution_that_only_a_call_and_an_operator_read_comes_from_the_pool()
    {
        var (text, graphs) = fusion.Fuse(
            """
            b0:
              %product : 'Tensor' = call 'Conv2D' arg0, arg1, (i4 1 'int'), (i4 0 'int')
              %again : 'Tensor' = call 'Conv2DWithBias' %product, arg1, arg3, (i4 1 'int'), (i4 0 'int')
              %sum : 'Tensor' = call '+' %again, arg3
              ret %sum
            """);
        Assert.Contains("Conv2DWithBias<float>", Assert.Single(graphs));
        Assert.Equal(1, FusionText.Count(text, "call 'PooledConv2D' arg0, arg1, (i4 1 'int'), (i4 0 'int')"));
        Assert.Equal(1, FusionText.Count(text, "call 'Return'"));
    }

    [Fact]
    public void A_convolution_whose_stride_is_a_sum_comes_after_the_kernel_of_the_sum()
    {
        var (_, graphs) = fusion.Fuse(
            """
            b0:
              %total : 'int' = call 'IntegerTotal' arg5
              %product : 'Tensor' = call 'Conv2D' arg0, arg1, %total, (i4 0 'int')
              %sum : 'Tensor' = call '+' %product, arg3
              ret %sum
            """);
        Assert.Equal(2, graphs.Count);
    }

    [Fact]
    public void A_product_may_be_added_to_somebody_elses_tensor()
    {
        var (_, graphs) = fusion.Fuse(
            """
            b0:
              %product : 'Tensor' = call 'MatMul' arg0, arg1
              %scaled : 'Tensor' = call '*scalar' %product, arg2
              %span : 'Span' = call 'ToSpan' %scaled
              %address : 'Span&' = ldloca %span
              call '+=' arg3, %address
              ret
            """);
        Assert.Equal(
            """
            kernel(%in0: MatMul<float>, %in1: float, %in2: tensor<float>)
              %0 = Multiply<float>(%in0, %in1)
              %1 = Add<float>(%in2, %0)
              %in2 <- %1
              return 

            """,
            Assert.Single(graphs));
    }

    [Fact]
    public void A_sum_of_a_product_comes_after_its_kernel_and_a_product_that_two_kernels_read_comes_from_the_pool()
    {
        var (text, graphs) = fusion.Fuse(
            """
            b0:
              %product : 'Tensor' = call 'MatMul' arg0, arg1
              %span : 'Span' = call 'ToSpan' %product
              %address : 'Span&' = ldloca %span
              %total : 'float' = call 'TotalOf' %address
              %scaled : 'Tensor' = call '*scalar' %product, %total
              ret %scaled
            """);
        Assert.Equal(2, graphs.Count);
        Assert.DoesNotContain(graphs, graph => graph.Contains("MatMul"));
        Assert.Equal(1, FusionText.Count(text, "call 'PooledMatMul' arg0, arg1"));
        Assert.Equal(1, FusionText.Count(text, "call 'Return'"));
    }

    [Fact]
    public void A_tensor_carried_around_a_loop_goes_back_to_the_pool_after_its_successor_is_made()
    {
        var (text, graphs) = fusion.Fuse(
            """
            b0:
              br -> b1
            b1:
              %t : 'Tensor' = phi [b0 arg0], [b2 %next]
              brtrue arg4 -> b2, b3
            b2:
              %product : 'Tensor' = call 'MatMul' %t, arg1
              %next : 'Tensor' = call '+' %product, %t
              br -> b1
            b3:
              ret %t
            """);
        Assert.Contains("output 0 from the pool", Assert.Single(graphs));
        Assert.Equal(1, FusionText.Count(text, "call 'Return'"));
    }
}
